"""Days and moments as the desk writes them, in the language that is spoken: `{% load days %}`, `{{ moment|day }}`."""

from django import template

from testimonies.dates import day, minute

register = template.Library()
register.filter("day", day)
register.filter("minute", minute)
