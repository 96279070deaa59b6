"""Filters of the review's pages."""

from django import template

from mtm.lib.dates import with_us_days

register = template.Library()
register.filter("us_days", with_us_days)
