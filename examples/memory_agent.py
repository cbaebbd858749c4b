#!/usr/bin/env python3
"""A small memory: synthv1 evaluate data.jsonl --agent "process:python3 examples/memory_agent.py"

It keeps each amount that the user says with its date, and adds up those between the days that a question names. It
knows nothing of kinds of expense. What it is told and must reply is in docs/formats/agent.md.
"""
import json
import re
import sys

MONTHS = "January February March April May June July August September October November December".split()
USER_LINE = re.compile(r'\[(\d{4}-\d\d-\d\d)\] User said, "(.*)"')
DAY = re.compile(r"(\d{4}-\d\d-\d\d)|(%s)(?: (\d{1,2})\b)?" % "|".join(MONTHS))


def amounts_in(chunk):
    told = []
    for date, said in USER_LINE.findall(chunk):
        for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", said):
            amount = float(number.replace(",", ""))
            if len(told) < 2 or abs(amount - sum(one for _, one in told)) > 0.001:  # users sum up now and then
                told.append((date, amount))
    return told


def answer(spent, question):
    year = (re.findall(r"\b20\d\d\b", question) or ["2024"])[0]
    days = []
    for day, month, number in DAY.findall(question):
        month = f"{year}-{MONTHS.index(month) + 1:02}-" if month else ""
        days += [day] if day else [month + number.zfill(2)] if number else [month + "01", month + "31"]
    found = [amount for date, amount in spent if not days or min(days) <= date <= max(days)]
    largest = re.search("largest|biggest|highest|most expensive|priciest|top", question)
    return f"{max(found, default=0) if largest else sum(found):.2f}"


spent = []
for line in sys.stdin:
    message, reply = json.loads(line), {}
    if message["op"] == "reset":
        spent = []
    elif message["op"] == "add":
        spent += amounts_in(message["chunk"])
    elif message["op"] == "ask":
        reply = {"answer": answer(spent, message["question"]) if message["form"] == "money" else "unknown"}
    print(json.dumps(reply), flush=True)
