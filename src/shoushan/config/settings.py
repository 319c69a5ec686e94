"""Settings, all from the environment.

SHOUSHAN_DATA   folder of the database, the evidence and the secret key (default: var/data)
SHOUSHAN_SCHEMES  folder of the published schemes (default: schemes)
SHOUSHAN_DEMO   1: the demonstration district with its one-click sign-in
SHOUSHAN_TODAY  a day that counts as today (the demonstration's 2026-12-03)
SHOUSHAN_LINES  further work lines, by comma: Python packages that hold an app each
SHOUSHAN_HOSTS  names this server answers to, by comma
SHOUSHAN_KEYS   folder of the keys that seal identities, better apart from the data (default: keys in SHOUSHAN_DATA)
SHOUSHAN_ADDRESS  where this installation is found, for links in messages: https://shoushan.example.gov.cn
SHOUSHAN_MAIL   smtp://user:password@host:25, smtp+tls:// or smtps:// for reminders by e-mail
SHOUSHAN_MAIL_FROM  who those messages come from
SHOUSHAN_WEBHOOK, SHOUSHAN_WEBHOOK_SECRET  an address that gets every notice as signed JSON
SHOUSHAN_WECOM  the address of a WeCom group's robot
SHOUSHAN_DINGTALK, SHOUSHAN_DINGTALK_SECRET  the address of a DingTalk group's robot, and its signing secret
DATABASE_URL    postgres://user:password@host:port/name chooses PostgreSQL over SQLite
"""

import os
import secrets
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from shoushan.config.databases import database
from shoushan.config.mailing import mail_server

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

DATA = Path(os.environ.get("SHOUSHAN_DATA", ROOT / "var" / "data")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
# The published schemes, a folder for each
SCHEMES = Path(os.environ.get("SHOUSHAN_SCHEMES", ROOT / "schemes")).resolve()
# The keys that seal identities: never in the database, nor in its backup
KEYS = Path(os.environ.get("SHOUSHAN_KEYS", DATA / "keys")).resolve()
DEMO = os.environ.get("SHOUSHAN_DEMO") == "1"
SHOUSHAN_TODAY = date.fromisoformat(os.environ["SHOUSHAN_TODAY"]) if os.environ.get("SHOUSHAN_TODAY") else None
DEBUG = os.environ.get("SHOUSHAN_DEBUG") == "1"


def _secret_key() -> str:
    """The key of this installation, made at the first start and kept beside its data."""
    kept = DATA / "secret.key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("SHOUSHAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SHOUSHAN_HTTPS = os.environ.get("SHOUSHAN_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_filters",
    "treebeard",
    "rules",
    "axes",
    "shoushan.web",
    "shoushan.ledger",
    "shoushan.orgs",
    "shoushan.notices",
    "shoushan.evidence",
    "shoushan.plans",
    "shoushan.registers",
    "shoushan.letters",
    "shoushan.returns",
    "shoushan.dispatch",
    "shoushan.assessment",
]

# a work line is its folder and its row here; taken out, the rest goes on without it
LINES = [
    "shoushan.lines.investment",
    "shoushan.lines.campaigns",
    "shoushan.lines.enterprise",
    "shoushan.lines.licensing",
    "shoushan.lines.projects",
    "shoushan.lines.streets",
    "shoushan.lines.greening",
    "shoushan.lines.hazards",
    "shoushan.lines.petitions",
    *filter(None, os.environ.get("SHOUSHAN_LINES", "").split(",")),
]
INSTALLED_APPS += LINES

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shoushan.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shoushan.web.middleware.RefusalMiddleware",
    "shoushan.ledger.middleware.LedgerMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shoushan.config.urls"
WSGI_APPLICATION = "shoushan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shoushan.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "shoushan.web.templatetags.shoushan",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA / "shoushan.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# the sign-in form's and Django's own word; else guesses are counted for nobody, and the right one is let in
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_VERBOSE = False
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = sorted(PACKAGE.glob("**/locale"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "files"

# Where notices go: from the environment alone, since no address a user typed is ever called.
NOTICE_ADDRESS = os.environ.get("SHOUSHAN_ADDRESS", "")
NOTICE_WEBHOOK = os.environ.get("SHOUSHAN_WEBHOOK", "")
NOTICE_WEBHOOK_SECRET = os.environ.get("SHOUSHAN_WEBHOOK_SECRET", "")
NOTICE_WECOM = os.environ.get("SHOUSHAN_WECOM", "")
NOTICE_DINGTALK = os.environ.get("SHOUSHAN_DINGTALK", "")
NOTICE_DINGTALK_SECRET = os.environ.get("SHOUSHAN_DINGTALK_SECRET", "")
DEFAULT_FROM_EMAIL = os.environ.get("SHOUSHAN_MAIL_FROM", "shoushan@localhost")
MAIL = mail_server(os.environ.get("SHOUSHAN_MAIL", ""))
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.use_tls, MAIL.use_ssl
EMAIL_TIMEOUT = 10

# Sessions: 30 minutes idle would end a return typed at 23:50; 12 hours is the absolute limit (reliability.md §2).
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SHOUSHAN_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if SHOUSHAN_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SHOUSHAN_HTTPS else "csrf"
CSRF_FAILURE_VIEW = "shoushan.web.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
# whatever is taken at all stays in memory: nothing that will be sealed lies open in a temporary file before
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
FORM_RENDERER = "shoushan.web.forms.Renderer"
# Work longer than a second goes on beside the pages; tests do it at once.
JOBS_INLINE = os.environ.get("SHOUSHAN_JOBS") == "inline"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
