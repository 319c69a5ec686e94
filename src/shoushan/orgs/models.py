"""Units (单位), people (人员) and the posts (职务) they hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from shoushan.ledger import moment
from shoushan.ledger.models import Ledgered


class UnitQuerySet(MP_NodeQuerySet["Unit"]):
    def existing(self, *, on: date) -> Self:
        found: Self = self.filter(Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on))
        return found

    def visible_to(self, person: Person) -> Self:
        """All units for those who look after the district; else a person's own and those below."""
        return self if person.sees_everything() else self.filter(person.scope("path"))

    def in_tree_order(self) -> Self:
        ordered: Self = self.order_by("path")
        return ordered


class UnitManager(MP_NodeManager["Unit"].from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """Units always come in tree order."""

    def get_queryset(self) -> UnitQuerySet:
        rows: UnitQuerySet = UnitQuerySet(self.model, using=self._db).order_by("path")
        return rows


class Unit(MP_Node, Ledgered):
    """A node of the unit tree (单位): the district, a subdistrict office, a department or a park."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("District")
        SUBDISTRICT = "subdistrict", _("Subdistrict office")
        DEPARTMENT = "department", _("Department")
        PARK = "park", _("Park")

    # treebeard counts children itself; the tree's shape is in `path`
    unledgered = frozenset({"numchild"})

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    also_called = models.CharField(
        _("also called"),
        max_length=200,
        blank=True,
        help_text=_("Short names in offices' tables, with spaces between."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    from_on = models.DateField(_("from"), default=date(2000, 1, 1))
    to_on = models.DateField(_("to"), null=True, blank=True)
    # who carries on what a dissolved unit did
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("successor"),
    )

    objects: ClassVar[Any] = UnitManager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="orgs_unit_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(to_on__isnull=False), name="orgs_successor_of_a_dissolved_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/units/{self.code}/"


class PersonManager(BaseUserManager["Person"]):
    """People are found by the name they sign in with."""

    def visible_to(self, person: Person) -> models.QuerySet[Person]:
        return self.all() if person.sees_everything() else self.filter(person.scope("posts__unit__path")).distinct()


class Person(AbstractBaseUser, Ledgered):
    """Somebody who works with the district's figures (人员); what they may do comes from their posts alone."""

    unledgered = frozenset({"last_login", "language", "money"})
    sealed = frozenset({"name", "password", "email"})

    login = models.CharField(_("sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("office e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    money = models.CharField(_("unit of money"), max_length=4, default="yi")

    _posts_ever: list[Post] | None = None
    _posts_at: tuple[datetime, list[Post]] | None = None

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["login"]

    def __str__(self) -> str:
        return self.name

    def posts_held(self) -> list[Post]:
        """The posts this person holds on the day of the request; the database is asked once."""
        at = moment.current().at
        if self._posts_ever is None:
            self._posts_ever = list(self.posts.select_related("unit").order_by("pk"))
        if self._posts_at is None or self._posts_at[0] != at:
            on = timezone.localdate(at)
            held = [
                post for post in self._posts_ever if post.from_on <= on and (post.to_on is None or post.to_on >= on)
            ]
            self._posts_at = at, held
        return self._posts_at[1]

    def ask_for_posts_again(self) -> None:
        """Called when a post is given or ended, since a person is asked for their posts all the time."""
        self._posts_ever = self._posts_at = None

    def holds(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts_held())

    def units_as(self, *roles: str) -> list[Unit]:
        """The units where this person holds one of the roles."""
        return [post.unit for post in self.posts_held() if post.role in roles]

    def lines_as(self, *roles: str) -> set[str]:
        """The work lines this person looks after in one of the roles, for the whole district."""
        return {post.line for post in self.posts_held() if post.role in roles and post.line}

    def line_reach(self, line: str, *roles: str) -> Q | None:
        """Records of a work line this person looks after: None for all, else those of their subdistricts and parks.

        A department keeps a line for the whole district; an officer of a subdistrict or park for that one alone.
        """
        posts = [post for post in self.posts_held() if post.role in roles and post.line == line]
        if any(post.unit.kind in (Unit.Kind.DISTRICT, Unit.Kind.DEPARTMENT) for post in posts):
            return None
        reach = Q(pk__in=[])
        for post in posts:
            reach |= Q(unit__path__startswith=post.unit.path)
        return reach

    def works_for(self, line: str, unit: Unit, *roles: str) -> bool:
        """Whether this person looks after the line at this unit."""
        return any(
            post.role in roles
            and post.line == line
            and (post.unit.kind in (Unit.Kind.DISTRICT, Unit.Kind.DEPARTMENT) or unit.path.startswith(post.unit.path))
            for post in self.posts_held()
        )

    def sees_everything(self) -> bool:
        return self.holds(*Post.DISTRICT_WIDE)

    def scope(self, path: str) -> Q:
        """Rows whose unit path lies under one of this person's units; no post, no rows."""
        scope = Q(pk__in=[])
        for post in self.posts_held():
            scope |= Q(**{f"{path}__startswith": post.unit.path})
        return scope

    def own_scope(self, path: str) -> Q:
        """As `scope`, for what is a unit's own: a post at the district itself is no unit's."""
        scope = Q(pk__in=[])
        for post in self.posts_held():
            if post.unit.kind != Unit.Kind.DISTRICT:
                scope |= Q(**{f"{path}__startswith": post.unit.path})
        return scope

    def reaches(self, unit: Unit, *roles: str) -> bool:
        """Whether this person holds one of the roles at the unit or above it."""
        return any(post.role in roles and unit.path.startswith(post.unit.path) for post in self.posts_held())

    def sees(self, unit: Unit) -> bool:
        """The district's own offices see every unit; others their own and those below."""
        return self.sees_everything() or self.reaches(unit, *Post.Role.values)

    def post_words(self) -> str:
        """The post held that day, as an event quotes it: unit and title."""
        words = (f"{post.unit.name} {post.title}".strip() for post in self.posts_held())
        # whoever looks after several lines holds the same post for each
        return "；".join(dict.fromkeys(words))

    def has_perm(self, permission: str, thing: object = None) -> bool:
        return bool(self.is_active and rules.has_perm(permission, self, thing))


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, *, on: date) -> Self:
        return self.filter(Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on))


class Post(Ledgered):
    """Who holds which role at which unit, from when to when (职务)."""

    class Role(models.TextChoices):
        LEADER = "leader", _("District head")
        SUPERVISOR = "supervisor", _("Supervision office")
        ASSESSOR = "assessor", _("Assessment office")
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator")
        HEAD = "head", _("Head of the unit")
        OFFICER = "officer", _("Line officer")
        REPORTER = "reporter", _("Reporter")
        VERIFIER = "verifier", _("Verifier")

    # They look after the whole district; everybody else sees their own unit and those below it.
    DISTRICT_WIDE = (Role.LEADER, Role.SUPERVISOR, Role.ASSESSOR, Role.AUDITOR, Role.ADMINISTRATOR)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=14, choices=Role)
    title = models.CharField(_("title"), max_length=60, blank=True)
    line = models.CharField(
        _("work line"), max_length=30, blank=True, help_text=_("Empty unless the post looks after one work line.")
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["unit__path", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="orgs_post_ends_after_start"
            ),
            models.UniqueConstraint(fields=["person", "unit", "role", "line", "from_on"], name="orgs_post_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title or self.get_role_display()}"


class Token(Ledgered):
    """A person's own key for calling the API; only its digest is kept."""

    sealed = frozenset({"digest"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(_("what it is for"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    ends_on = models.DateField(_("ends on"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    # a calendar's address is seen by whoever looks over a shoulder, so its key opens nothing else
    only_calendar = models.BooleanField(_("for the calendar alone"), default=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return self.label
