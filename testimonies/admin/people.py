"""The accounts of editors, the groups that say what each may do, and the log of what was done on the desk."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .acts import ActsAdmin
from .base import DeskAdmin, ReadOnlyAdmin
from .sessions import END_SESSIONS, TAKE_FACTORS
from .site import site


@admin.register(User, site=site)
class AccountAdmin(ActsAdmin, UserAdmin):
    """An account. What somebody may do comes from groups alone, and only those above all others make their like."""

    acts = (END_SESSIONS, TAKE_FACTORS)
    list_display = ("username", "first_name", "last_name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who"), {"fields": ("first_name", "last_name", "email")}),
        (_("What they may do"), {"fields": ("is_active", "groups")}),
    )
    above_all = ((_("Above all others"), {"fields": ("is_superuser",), "classes": ("collapse",)}),)
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("username", "password1", "password2", "groups")},
        ),
    )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The groups are few: a tick beside each."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The highest rights are seen by those who have them."""
        shown = super().get_fieldsets(request, obj)
        return (*shown, *self.above_all) if obj and is_above_all(request.user) else shown

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes an account that may do more than their own."""
        reaches = obj is None or not obj.is_superuser or is_above_all(request.user)
        return reaches and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: an account that is not wanted any more is made inactive; the history names it."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Every account is one of the desk."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)


def is_above_all(user: Any) -> bool:
    """Whether an account may do everything."""
    return bool(user.is_superuser)


@admin.register(Group, site=site)
class GroupsAdmin(DeskAdmin, GroupAdmin):
    """What contributors, editors and archivists may do."""


@admin.register(LogEntry, site=site)
class LogEntryAdmin(ReadOnlyAdmin):
    """What was done on the desk."""

    search_fields = ()
    list_display = ("action_time", "user", "object_repr", "content_type", "__str__")
    list_filter = ("user",)
    list_select_related = ("user", "content_type")
    fields = ("action_time", "user", "object_repr", "content_type")
