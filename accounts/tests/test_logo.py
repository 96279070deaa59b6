"""The logo: whatever file comes, a small gray PNG is kept or the page says at the field why not."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin

from accounts.models import AuditEvent, Organization
from mtm.lib import logo

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def drawn(mode="RGB", size=(300, 100)):
    """A dark block on the left half of a white picture."""
    picture = Image.new("RGB", size, "white")
    picture.paste((120, 20, 20), (0, 0, size[0] // 2, size[1]))
    return picture.convert(mode)


def file_of(picture, kind="PNG", **options):
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def opened(png):
    return Image.open(io.BytesIO(png))


def animation():
    return file_of(drawn(), save_all=True, append_images=[drawn(size=(300, 100)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_gray_with_its_dark_part_dark(mode):
    picture = drawn("L").convert("I").point(lambda shade: shade * 256).convert("I;16") if mode == "I;16" else drawn(mode)

    kept = opened(logo.cleaned(file_of(picture)))

    assert (kept.format, kept.mode, kept.size) == ("PNG", "L", (300, 100))
    assert kept.resize((2, 1), Image.Resampling.BOX).getpixel((0, 0)) < 180
    assert kept.getpixel((250, 50)) == 255


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_becomes_a_gray_png(mode):
    kept = opened(logo.cleaned(file_of(drawn(mode), "JPEG")))

    assert (kept.format, kept.mode, kept.getpixel((250, 50))) == ("PNG", "L", 255)


def test_what_is_see_through_is_white():
    clear = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 150, 100))

    assert opened(logo.cleaned(file_of(clear))).getpixel((250, 50)) == 255


@pytest.mark.parametrize(("size", "kept"), [((4000, 4000), (200, 200)), ((3000, 500), (600, 100)), ((90, 30), (90, 30))])
def test_a_large_picture_is_made_smaller_and_a_small_one_stays(size, kept):
    assert logo.size_of(logo.cleaned(file_of(drawn("L", size)))) == kept


def test_metadata_stays_behind_and_a_turned_photo_is_turned_back():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret place")

    photo = logo.cleaned(file_of(drawn(), "JPEG", exif=exif))
    painting = logo.cleaned(file_of(drawn(), pnginfo=notes, icc_profile=b"secret place"))

    assert logo.size_of(photo) == (67, 200)
    assert b"secret" not in photo + painting
    assert opened(painting).info == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (SVG, "SVG"),
        (b"hello", "not a PNG or JPEG"),
        (b"GIF89a" + bytes(60), "not a PNG or JPEG"),
        (file_of(drawn())[:150], "damaged"),
        (file_of(drawn(), "JPEG")[:700], "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (animation(), "more than one picture"),
        (file_of(Image.new("L", (4001, 1))), "4000"),
        (file_of(Image.new("1", (20_000, 20_000))), "4000"),
        (file_of(Image.new("RGBA", (90, 30), (255, 255, 255, 60))), "nothing could be seen"),
        (file_of(Image.frombytes("RGB", (500, 500), random.Random(1).randbytes(750_000))), "larger than 500 KB"),
    ],
)
def test_another_file_is_refused_with_what_to_do(content, says):
    with pytest.raises(logo.LogoProblem, match=says):
        logo.cleaned(content)


@pytest.mark.parametrize("source", [file_of(drawn()), file_of(drawn("P")), file_of(drawn(), "JPEG"), animation()])
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_file_is_never_more_than_a_message(source):
    chance, results = random.Random(7), []

    for _ in range(400):
        broken = bytearray(source[: chance.randrange(1, len(source) + 1)])
        broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            results.append(logo.from_text(logo.to_text(logo.cleaned(bytes(broken)))))
        except logo.LogoProblem:
            results.append(b"")

    assert len(results) == 400


@pytest.fixture
def settings_form(organization):
    return {
        "version": organization.version,
        "name": organization.name,
        "phone": organization.phone,
        "address": organization.address,
        "idle_lock_minutes": 15,
        "review_idle_lock_minutes": 15,
    }


def chosen(content, name="logo.png"):
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_a_manager_chooses_a_logo_and_sees_it(manager_client, organization, settings_form):
    answer = manager_client.post(reverse("settings"), settings_form | {"logo": chosen(file_of(drawn()))})

    shown = manager_client.get(reverse("organization-logo"))
    assert answer.status_code == 302
    assert shown.content == bytes(Organization.objects.get().logo) == logo.cleaned(file_of(drawn()))
    assert shown["Content-Type"] == "image/png"
    assert "no-store" in shown["Cache-Control"]
    assert reverse("organization-logo") in manager_client.get(reverse("settings")).text
    assert AuditEvent.objects.filter(action="settings.changed").get().fields == ["logo"]


def test_the_logo_stays_when_other_settings_change_and_goes_when_it_is_removed(manager_client, organization, settings_form):
    Organization.objects.update(logo=logo.cleaned(file_of(drawn())))

    manager_client.post(reverse("settings"), settings_form | {"phone": "(555) 010-2299"})
    kept = bytes(Organization.objects.get().logo)
    manager_client.post(reverse("settings"), settings_form | {"phone": "(555) 010-2299", "version": 2, "remove_logo": "on"})

    assert kept == logo.cleaned(file_of(drawn()))
    assert Organization.objects.get().logo is None
    assert [event.fields for event in AuditEvent.objects.filter(action="settings.changed").order_by("pk")] == [["phone"], ["logo"]]
    assert manager_client.get(reverse("organization-logo")).status_code == 204


@pytest.mark.parametrize(("content", "says"), [(SVG, "SVG"), (b"", "empty"), (b"hello", "not a PNG or JPEG")])
def test_a_file_that_is_no_logo_is_refused_at_its_field(manager_client, organization, settings_form, content, says):
    answer = manager_client.post(reverse("settings"), settings_form | {"logo": chosen(content), "phone": "(555) 010-2299"})

    saved = Organization.objects.get()
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors["logo"])
    assert (saved.logo, saved.phone) == (None, organization.phone)


def test_two_managers_at_once_lose_nothing_and_the_file_is_asked_for_again(manager_client, organization, settings_form):
    manager_client.post(reverse("settings"), settings_form | {"phone": "(555) 010-2299"})

    late = manager_client.post(reverse("settings"), settings_form | {"logo": chosen(file_of(drawn()))})

    assert late.status_code == 422
    assert "Choose the file again" in str(late.context["form"].errors["logo"])
    assert Organization.objects.get().logo is None


def test_only_those_who_manage_the_settings_get_the_picture(pharmacist_client, client, organization):
    assert pharmacist_client.get(reverse("organization-logo")).status_code == 403
    assert client.get(reverse("organization-logo")).status_code == 302
