import pytest
from django import forms
from django.template.loader import render_to_string

from tests.design.drawing import drawn
from viceversa.design.forms import DateInput, RangeInput
from viceversa.toolkit.paging import Page

pytestmark = pytest.mark.pure


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As in letters.")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Day", widget=DateInput)
    ease = forms.IntegerField(label="Ease", widget=RangeInput, initial=3)
    role = forms.ChoiceField(
        label="Role", choices=[("a", "Adviser — gives"), ("l", "Learner")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Agreed")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_field_ties_its_help_and_its_error_to_the_input() -> None:
    form = Sample({"name": ""})
    shown = str(form["name"].as_field_group())
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert '<label for="id_name">' in shown


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    form = Sample()
    assert "(optional)" in form["note"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()
    assert "(optional)" not in drawn('<c-field :field="f" optional="no" />', f=form["note"])


def test_choices_are_a_group_with_a_legend_and_sentences() -> None:
    shown = str(Sample({"role": "x"})["role"].as_field_group())
    assert "<fieldset" in shown
    assert "<legend>" in shown
    assert "Adviser<small>gives</small>" in shown
    assert 'aria-describedby="id_role_error"' in shown


def test_range_shows_its_value_and_dates_use_the_calendar() -> None:
    form = Sample()
    assert 'data-output="id_ease">3</output>' in form["ease"].as_field_group()
    assert 'type="date"' in form["day"].as_field_group()


def test_whole_form_draws_every_field_once_and_hidden_ones_without_label() -> None:
    shown = str(Sample())
    for name in Sample.base_fields:
        assert shown.count(f'name="{name}"') == (2 if name == "role" else 1)
    assert shown.count("<label") == 5 + 2


def test_error_list_links_to_the_fields() -> None:
    form = Sample({})
    shown = drawn('<c-form-errors :form="form" />', form=form)
    assert 'href="#id_name"' in shown
    assert 'href="#id_role_0"' in shown
    assert 'role="alert"' in shown
    assert drawn('<c-form-errors :form="form" />', form=Sample()).strip() == ""


def test_form_carries_its_token_once_and_warns_only_when_posting() -> None:
    posting = drawn('<c-form :form="form" submit="Keep" />', form=Sample())
    assert posting.count("csrfmiddlewaretoken") == 1
    assert "data-warn-unsaved" in posting
    getting = drawn('<c-form method="get">x</c-form>')
    assert "csrfmiddlewaretoken" not in getting
    assert "data-warn-unsaved" not in getting


def test_button_is_a_link_or_a_button() -> None:
    assert (
        drawn('<c-button href="/a/">Go</c-button>').strip().startswith('<a class="button secondary')
    )
    assert '<button class="button primary ' in drawn('<c-button kind="primary">Go</c-button>')
    opener = drawn('<c-button dialog="d">Ask</c-button>')
    assert 'type="button"' in opener
    assert 'data-dialog-open="d"' in opener


def test_further_attributes_are_escaped_and_chosen() -> None:
    nasty = '"x" onload="y"'
    shown = drawn(
        '<c-button :hx-get="nasty" onclick="bad" aria-label="Go">x</c-button>', nasty=nasty
    )
    assert 'hx-get="&quot;x&quot; onload=&quot;y&quot;"' in shown
    assert "onclick" not in shown
    assert 'aria-label="Go"' in shown


def test_empty_table_says_so_instead_of_showing_headers() -> None:
    shown = drawn('<c-table caption="People" :rows="rows" empty="Nobody yet." />', rows=[])
    assert "Nobody yet." in shown
    assert "<table" not in shown


def test_table_names_its_scrolling_region() -> None:
    shown = drawn('<c-table caption="People" :rows="rows"><tr></tr></c-table>', rows=[1])
    assert 'role="region" tabindex="0" aria-label="People"' in shown


def test_paging_keeps_the_address_and_is_honest_about_totals() -> None:
    page = Page([1], 2, 25, 1000, False, True)
    shown = drawn('<c-paging :page="page" what="people" />', "/people/?q=ana&page=2", page=page)
    assert 'href="?q=ana&amp;page=1"' in shown
    assert 'href="?q=ana&amp;page=3"' in shown
    assert "of more than 1,000 people" in shown


def test_first_and_only_page_offers_no_other() -> None:
    page = Page([1], 1, 25, 1, True, False)
    assert "<a" not in drawn('<c-paging :page="page" what="people" />', page=page)


def test_progress_stops_asking_when_there_is_nothing_to_ask() -> None:
    going = drawn('<c-progress :value="3" :max="6" label="Solving" poll="/x/" />')
    assert 'hx-trigger="every 2s"' in going
    assert "<noscript>" in going
    assert "hx-get" not in drawn('<c-progress :value="6" :max="6" label="Solved" />')


def test_unset_inputs_do_not_leak_in_from_the_page() -> None:
    shown = drawn(
        '<c-card title="Mine">x</c-card>', label="Leaked", actions="Leaked", aside="Leaked"
    )
    assert "Leaked" not in shown


def test_letter_by_mail_has_the_same_words_in_both_forms() -> None:
    context = {
        "title": "You have been matched",
        "paragraphs": ["Juno offers AI assistants & more."],
        "facts": [{"term": "When", "value": "Thursday 9:30"}],
        "action_url": "https://mentoring.example/p/1/?a=1&b=2",
        "action_label": "See the proposal",
        "reason": "You are enrolled in Digital half hour.",
        "preferences_url": "https://mentoring.example/me/",
    }
    text = render_to_string("design/email.txt", context)
    html = render_to_string("design/email.html", context)
    assert "Juno offers AI assistants & more." in text
    assert "https://mentoring.example/p/1/?a=1&b=2" in text
    assert "Juno offers AI assistants &amp; more." in html
    assert 'href="https://mentoring.example/p/1/?a=1&amp;b=2"' in html
    for words in ("Thursday 9:30", "See the proposal", "You are enrolled in Digital half hour."):
        assert words in text
        assert words in html
