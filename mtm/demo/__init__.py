"""The demo: two organizations, five sign-ins and invented patients."""
