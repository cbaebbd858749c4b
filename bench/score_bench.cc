// SPDX-License-Identifier: Apache-2.0
// Scores of a million answers as models give them, 20 to 200 bytes and one in fifty of 2 KB. They shall take
// 10 s.
#include "synthv1/base/random.h"
#include "synthv1/evaluate/score.h"

#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace {

using namespace synthv1;

struct Asked {
  DueAnswer due;
  std::string reply;
};

constexpr std::size_t kMillion = 1'000'000;

std::string working(RandomStream& random) {
  std::string text;
  while (text.size() < 2'000) {
    text += fmt::format("On 2024-0{}-1{} I see {} purchases of {}.{} yuan for lunch and the subway. ",
                        random.between(1, 9), random.between(0, 9), random.between(2, 9),
                        random.between(10, 99), random.between(10, 99));
  }
  return text;
}

std::string money_reply(RandomStream& random, const std::string& amount) {
  switch (random.below(8)) {
    case 0:
      return amount;
    case 1:
      return fmt::format("You spent **¥{}** on dining between 2024-01-01 and 2024-03-31.", amount);
    case 2:
      return fmt::format("2024年1月1日到2024年3月31日，您在餐饮上一共花了{}元，共12笔。", amount);
    case 3:
      return fmt::format("The total is \\boxed{{\\${}}}.", amount);
    case 4:
      return fmt::format("{{\"answer\": \"{}\"}}", amount);
    case 5:
      return fmt::format("Lunch 20.00, taxi 30.50, books 45.00. The answer is {}.", amount);
    case 6:
      return "I'm sorry, but the conversation does not mention any spending on that date, so I cannot say.";
    default:
      return fmt::format(
          "Adding up what you told me: coffee 28.50, noodles 36.00 and a taxi 41.20, so the total "
          "spent on that day comes to {} yuan.",
          amount);
  }
}

std::vector<Asked> replies(AnswerForm form) {
  RandomStream random(1);
  std::vector<Asked> asked;
  constexpr std::size_t kDistinct = 10'000;
  for (std::size_t i = 0; i < kDistinct; ++i) {
    Asked one{.due = {.text = {}, .form = form}, .reply = {}};
    if (form == AnswerForm::money) {
      one.due.text = format_money(Money::from_minor(random.between(100, 1'000'000)));
      one.reply = money_reply(random, one.due.text);
    } else if (form == AnswerForm::date) {
      one.due.text = fmt::format("2024-{:02}-{:02}", random.between(1, 12), random.between(1, 28));
      one.reply = fmt::format("The date with the most transactions was {}, with 4 of them.", one.due.text);
    } else {
      one.due.text = default_catalogue().scenes[random.below(default_catalogue().scenes.size())].name;
      one.reply =
          fmt::format("The category with the highest total was {}, ahead of all the others.", one.due.text);
    }
    if (i % 50 == 0) one.reply = working(random) + "\nFinal answer: " + one.due.text;
    asked.push_back(std::move(one));
  }
  return asked;
}

void million_answers(benchmark::State& state) {
  const std::vector<Asked> asked = replies(static_cast<AnswerForm>(state.range(0)));
  std::uint64_t correct = 0, bytes = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kMillion; ++i) {
      const Asked& one = asked[i % asked.size()];
      correct += score_answer(one.reply, AnswerStatus::ok, one.due).correct ? 1 : 0;
      bytes += one.reply.size();
    }
  }
  state.counters["correct"] =
      static_cast<double>(correct) / static_cast<double>(kMillion * state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(million_answers)
    ->ArgName("form")
    ->Arg(static_cast<int>(AnswerForm::money))
    ->Arg(static_cast<int>(AnswerForm::scene))
    ->Arg(static_cast<int>(AnswerForm::date))
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
