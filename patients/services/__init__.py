"""The record room's verbs."""
