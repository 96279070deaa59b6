"""What a person sets for themselves: password, second factor, keys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import services
from accounts.forms import AccountForm
from accounts.permissions import EVERYBODY, requires


@requires(EVERYBODY)
def own_account(request: HttpRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = AccountForm(posted, initial={"single_letter_keys": request.user.single_letter_keys})
    if form.is_valid():
        services.change_account(request.user, organization=request.organization, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("own-account")
    return render(request, "accounts/account.html", {"form": form})
