# SPDX-License-Identifier: Apache-2.0
"""The page that `synthv1 report` writes, as a browser shows it."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from chromium import Browser, Page

BINARY = os.environ["SYNTHV1_BINARY"]
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>${alert(4)}<!--'
PICTURES_OF_DATA = 8
PICTURES_OF_RUNS = 4  # with runs over records of different sizes
SVG_PICTURES = 'document.querySelectorAll("svg[role=img]").length'


def result(number, category="total_amount", sessions=30, distance=3, correct=True, status="ok"):
    return {"task_id": "t", "qid": f"q{number}", "category": category, "position": sessions - 1, "num_chunks": sessions,
            "distance": distance, "status": status, "correct": correct, "tolerant": correct, "reason": "", "answer": "x"}


def run_of(sessions, right):
    """A hundred results, `right` of them right."""
    return [result(i, sessions=sessions, distance=None if i % 10 == 0 else i % sessions, correct=i < right) for i in range(100)]


def hostile_record():
    """A record whose every text that the page shows is a script."""
    event = {"date": "2024-01-05", "scene": HOSTILE, "subscene": HOSTILE, "amount": 5, "description": HOSTILE, "session_index": 0}
    question = {"qid": "q", "query": HOSTILE, "answer": HOSTILE, "position": 0, "category": HOSTILE, "evidence": [0]}
    return {"task_id": HOSTILE, "questions": [question, question],
            "chunks": [f'[2024-01-05] User said, "{HOSTILE} 5"\n[2024-01-05] Assistant said, "{HOSTILE}"'],
            "metadata": {"transaction_events": [event], "model": HOSTILE, "language": "en",
                         "catalogue": {"hash": "0123456789abcdef", "pairs": [[HOSTILE, HOSTILE]], "chinese": [HOSTILE]}}}


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = cls.path("data.jsonl")
        cls.synthv1("--model", "builtin", "--seed", "1", "--num_records", "2", "--out", cls.data)
        for sessions, right in ((10, 90), (30, 60)):
            cls.write(f"run-{sessions}.jsonl", run_of(sessions, right))
            pathlib.Path(cls.path(f"run-{sessions}.summary.json")).write_text('{"agent": "full", "model": "m"}')
        cls.page = cls.report(cls.data, cls.path("run-10.jsonl"), cls.path("run-30.jsonl"))

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def synthv1(cls, *arguments):
        subprocess.run([BINARY, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    @classmethod
    def write(cls, name, records):
        pathlib.Path(cls.path(name)).write_text("".join(json.dumps(record) + "\n" for record in records))
        return cls.path(name)

    @classmethod
    def report(cls, *files):
        out = tempfile.mkstemp(suffix=".html", dir=cls.folder.name)[1]
        cls.synthv1("report", *files, "--out", out)
        return out

    def open(self, path, **options):
        page = Page(self.browser, **options)
        page.open(path)
        return page

    def test_shows_every_picture_and_complains_of_nothing(self):
        page = self.open(self.page)
        self.assertEqual(page.evaluate(SVG_PICTURES), PICTURES_OF_DATA + PICTURES_OF_RUNS)
        self.assertEqual(page.complaints(), [])

    def test_fetches_nothing(self):
        page = self.open(self.page)
        self.assertEqual(page.fetched(), [pathlib.Path(self.page).resolve().as_uri()])

    def test_its_policy_stops_what_a_script_would_fetch(self):
        page = self.open(self.page)
        page.evaluate('new Promise(done => { const made = new Image(); made.onerror = done; made.src = "http://127.0.0.1:9/x"; })',
                      awaitPromise=True)
        self.assertIn("Content Security Policy", " ".join(page.complaints()))

    def test_every_picture_has_a_name_and_a_table(self):
        page = self.open(self.page)
        named = page.evaluate('[...document.querySelectorAll("svg[role=img]")].every(svg => svg.getAttribute("aria-label"))')
        rows = page.evaluate('[...document.querySelectorAll("figure.card")].map(figure => figure.querySelectorAll("details tbody tr").length)')
        self.assertTrue(named)
        self.assertEqual(len(rows), PICTURES_OF_DATA + PICTURES_OF_RUNS)
        self.assertGreater(min(rows), 0)

    def test_hostile_text_is_text(self):
        data = self.write("hostile.jsonl", [hostile_record()])
        run = self.write("hostile-run.jsonl", [result(0, category=HOSTILE, status=HOSTILE)])
        pathlib.Path(self.path("hostile-run.summary.json")).write_text(json.dumps({"agent": HOSTILE, "model": HOSTILE}))
        page = self.open(self.report(data, run))
        self.assertEqual(page.dialogs(), [])
        self.assertEqual(page.complaints(), [])
        self.assertEqual(page.evaluate("document.querySelectorAll('main script, main img').length"), 0)
        self.assertEqual(page.evaluate("document.scripts.length"), 2)
        cells = page.evaluate("[...document.querySelectorAll('th, td, dd')].map(cell => cell.textContent)")
        # Category, most frequent answer, scene, subscene and model of the data; category of the run.
        self.assertGreaterEqual(cells.count(HOSTILE), 6)

    def test_a_phone_needs_no_sideways_scrolling(self):
        for width in (320, 390):
            page = self.open(self.page, width=width, height=800)
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
            self.assertEqual(page.evaluate(SVG_PICTURES), PICTURES_OF_DATA + PICTURES_OF_RUNS)
            widest = page.evaluate('Math.max(...[...document.querySelectorAll("svg[role=img]")].map(svg => svg.getBoundingClientRect().right))')
            self.assertLessEqual(widest, width)

    def test_follows_the_scheme(self):
        background = "getComputedStyle(document.body).backgroundColor"
        bar = 'getComputedStyle(document.querySelector("#spending [aria-label=bar] rect")).fill'
        light, dark = self.open(self.page), self.open(self.page, dark=True)
        self.assertEqual(light.evaluate(background), "rgb(246, 247, 249)")
        self.assertEqual(dark.evaluate(background), "rgb(20, 23, 27)")
        self.assertNotEqual(light.evaluate(bar), dark.evaluate(bar))

    def test_says_the_figures(self):
        page = self.open(self.page)
        cells = page.evaluate("[...document.querySelectorAll('#accuracy table')].map(table => table.textContent)")
        # 60 of 100: 50.2 to 69.1; both runs together, 150 of 200: 68.6 to 80.5.
        self.assertIn("full · m (run-30.jsonl)1006060.0 %50.2 % – 69.1 %60.0 %ok 100", cells[0])
        self.assertIn("full · m20015075.0 %68.6 % – 80.5 %", " ".join(cells))

    def test_shows_runs_or_data_alone(self):
        runs = self.open(self.report(self.path("run-10.jsonl")))
        self.assertEqual(runs.evaluate(SVG_PICTURES), PICTURES_OF_RUNS - 1)  # one size of records
        self.assertEqual(runs.complaints(), [])
        data = self.open(self.report(self.data))
        self.assertEqual(data.evaluate(SVG_PICTURES), PICTURES_OF_DATA)

    def test_shows_data_of_others_that_say_less(self):
        record = {"task_id": "x", "questions": [{"qid": "a", "query": "?", "answer": "1.00", "position": 0, "category": "c"}],
                  "chunks": ["hello"], "metadata": {}}
        page = self.open(self.report(self.write("others.json", [record])))
        self.assertEqual(page.complaints(), [])
        self.assertIn("questions without evidence", page.evaluate("document.body.textContent"))

    def test_prints(self):
        page = self.open(self.page)
        page.pdf(self.path("report.pdf"))
        self.assertGreater(os.path.getsize(self.path("report.pdf")), 20_000)


if __name__ == "__main__":
    unittest.main()
