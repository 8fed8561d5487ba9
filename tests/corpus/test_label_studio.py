"""Label Studio's JSON, checked and converted by label-studio-sdk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.making import hard_document, read_all, write
from tagger.corpus.errors import CorpusError
from tagger.corpus.label_studio import config, task
from tagger.corpus.levels import cut


def annotated(data: dict[str, Any], number: int, **more: Any) -> dict[str, Any]:
    """A task as Label Studio exports it after an annotator accepted the prediction."""
    done = {
        "id": 10 * number,
        "completed_by": 1,
        "was_cancelled": False,
        "created_at": "2026-03-20T09:00:00Z",
        **more,
    }
    done.setdefault("result", data["predictions"][0]["result"])
    return {"id": number, "data": data["data"], "annotations": [done], "predictions": []}


def test_the_sdk_finds_nothing_wrong_with_configuration_and_predictions(tmp_path: Path) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface(config())
    interface.validate()
    write("label-studio", tmp_path, list(cut(hard_document(), "paragraph")))
    assert (tmp_path / "labelling_config.xml").read_text() == config()
    for data in json.loads((tmp_path / "train.json").read_text()):
        assert interface.validate_task({"data": data["data"]})
        for prediction in data["predictions"]:
            assert interface.validate_prediction(prediction, return_errors=True) == []


def test_the_sdk_s_check_would_notice_a_label_that_is_not_configured() -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface(config())
    prediction = task(hard_document())["predictions"][0]
    prediction["result"][0]["value"]["labels"] = ["city"]
    assert interface.validate_prediction(prediction, return_errors=True)


def test_the_sdk_s_converter_sees_the_right_characters(tmp_path: Path) -> None:
    converter = pytest.importorskip("label_studio_sdk.converter").Converter(config(), str(tmp_path))
    document = hard_document()
    (tmp_path / "export.json").write_text(json.dumps([annotated(task(document), 1)]))
    converter.convert_to_json_min(str(tmp_path / "export.json"), str(tmp_path / "min"), is_dir=False)
    (row,) = json.loads((tmp_path / "min" / "result.json").read_text())
    assert [(row["text"][s["start"] : s["end"]], s["labels"][0]) for s in row["mentions"]] == [
        (m.text, m.kind) for m in document.mentions
    ]
    assert row["themes"]["choices"] == ["model_news", "policy", "compute"]


def test_the_sdk_s_converter_makes_conll_of_it(tmp_path: Path) -> None:
    converter = pytest.importorskip("label_studio_sdk.converter").Converter(config(), str(tmp_path))
    (tmp_path / "export.json").write_text(json.dumps([annotated(task(hard_document()), 1)]))
    converter.convert(str(tmp_path / "export.json"), str(tmp_path / "conll"), "CONLL2003", is_dir=False)
    assert "B-" in (tmp_path / "conll" / "result.conll").read_text()


def test_what_annotators_accepted_is_the_record(tmp_path: Path) -> None:
    pieces = list(cut(hard_document(), "paragraph"))
    path = tmp_path / "project.json"
    path.write_text(json.dumps([annotated(task(p), n) for n, p in enumerate(pieces, 1)]))
    back, told = read_all("label-studio", path)
    assert back == pieces
    assert not told


def test_of_several_annotations_the_last_not_cancelled_counts_and_it_is_told(tmp_path: Path) -> None:
    data = annotated(task(hard_document()), 1)
    last = {"result": [{"type": "labels", "value": {"start": 0, "end": 2, "labels": ["company"]}}]}
    data["annotations"] += [last, {"result": [], "was_cancelled": True}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps([data]))
    (document,), told = read_all("label-studio", path)
    assert [(m.text, m.kind) for m in document.mentions] == [("𠮷县", "company")]
    assert "2 annotations" in told[0]


def test_a_task_that_nobody_annotated_is_told_and_left_out(tmp_path: Path) -> None:
    tasks = [annotated(task(hard_document()), 1), {**task(hard_document()), "id": 2, "annotations": []}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(tasks))
    back, told = read_all("label-studio", path)
    assert len(back) == 1
    assert told == [f"{path}: task 2: nobody annotated it; left out"]


def test_results_that_a_record_has_no_place_for_are_told(tmp_path: Path) -> None:
    data = annotated(task(hard_document()), 1)
    data["annotations"][0]["result"].append({"type": "textarea", "value": {"text": ["?"]}})
    path = tmp_path / "a.json"
    path.write_text(json.dumps([data]))
    back, told = read_all("label-studio", path)
    assert back == [hard_document()]
    assert "'textarea'" in told[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{}", "not a list of tasks"),
        ("[", "not JSON"),
        ('[{"data": {}}]', 'task 1: no "text"'),
        (
            '[{"id": 4, "data": {"text": "a"}, "annotations": [{"result": [{"type": "labels", "value": {}}]}]}]',
            "task 4: not a labelled span",
        ),
    ],
)
def test_what_is_no_export_is_an_error_with_its_place(content: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(CorpusError, match=why):
        read_all("label-studio", path)
