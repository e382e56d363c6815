from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class Account(AbstractBaseUser):
    login_name = models.CharField(max_length=150, unique=True, null=True)
    USERNAME_FIELD = "login_name"
