// SPDX-License-Identifier: Apache-2.0
// Any amount in any form that people write it in is read back; no answer that commits to two passes.
#include "synthv1/base/random.h"
#include "synthv1/evaluate/score.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

constexpr int kRounds = 400;

std::string plain(std::int64_t minor) { return format_money(Money::from_minor(minor)); }

std::string grouped(std::int64_t minor, std::string_view mark = ",") {
  std::string text = plain(minor);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(text.size()) - 6; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), mark);
  return text;
}

std::string shortest(std::int64_t minor) {
  std::string text;
  append_json_number(text, Money::from_minor(minor));
  return text;
}

std::string full_width(std::string_view text) {
  std::string wide;
  for (const char c : text) {
    const auto point = static_cast<unsigned char>(c) + 0xFEE0U;
    wide += static_cast<char>(0xE0 | (point >> 12));
    wide += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    wide += static_cast<char>(0x80 | (point & 0x3F));
  }
  return wide;
}

struct Numerals {
  std::array<std::string_view, 10> digits;
  std::array<std::string_view, 4> units;
};
constexpr Numerals kCommon = {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
                              {"", "十", "百", "千"}};
constexpr Numerals kBank = {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
                            {"", "拾", "佰", "仟"}};

/// Below 10,000, as it is said.
std::string chinese_section(std::int64_t value, const Numerals& numerals) {
  std::string text;
  bool zero = false;
  std::int64_t power = 1000;
  for (int unit = 3; unit >= 0; --unit, power /= 10) {
    const auto digit = static_cast<std::size_t>(value / power % 10);
    if (digit == 0) {
      zero = !text.empty();
      continue;
    }
    if (zero) text += numerals.digits[0];
    zero = false;
    text.append(numerals.digits[digit]).append(numerals.units[static_cast<std::size_t>(unit)]);
  }
  return text;
}

std::string chinese(std::int64_t whole, const Numerals& numerals) {
  if (whole == 0) return std::string(numerals.digits[0]);
  const std::int64_t high = whole / 10'000;
  const std::int64_t low = whole % 10'000;
  std::string text;
  if (high > 0) text = chinese_section(high, numerals) + "万";
  if (high > 0 && low > 0 && low < 1000) text += numerals.digits[0];
  return text + chinese_section(low, numerals);
}

std::string chinese_money(std::int64_t minor, const Numerals& numerals, std::string_view unit) {
  std::string text = chinese(minor / 100, numerals) + std::string(unit);
  const auto jiao = static_cast<std::size_t>(minor / 10 % 10);
  const auto fen = static_cast<std::size_t>(minor % 10);
  if (jiao > 0) text.append(numerals.digits[jiao]).append("角");
  if (jiao == 0 && fen > 0) text += numerals.digits[0];
  if (fen > 0) text.append(numerals.digits[fen]).append("分");
  return text;
}

std::string english_below_thousand(std::int64_t value) {
  static const std::array<std::string_view, 20> small = {
      "zero",     "one",     "two",     "three",     "four",     "five",    "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  static const std::array<std::string_view, 10> tens = {"",      "",      "twenty",  "thirty", "forty",
                                                        "fifty", "sixty", "seventy", "eighty", "ninety"};
  std::string text;
  if (value >= 100) text = fmt::format("{} hundred", small[static_cast<std::size_t>(value / 100)]);
  const auto rest = static_cast<std::size_t>(value % 100);
  if (rest == 0) return text;
  if (!text.empty()) text += " ";
  if (rest < 20) return text.append(small[rest]);
  text += tens[rest / 10];
  if (rest % 10 > 0) text.append("-").append(small[rest % 10]);
  return text;
}

std::string english(std::int64_t whole) {
  if (whole == 0) return "zero";
  std::string text;
  for (const auto& [factor, name] :
       {std::pair<std::int64_t, std::string_view>{1'000'000, " million"}, {1'000, " thousand"}, {1, ""}}) {
    const std::int64_t group = whole / factor % 1000;
    if (group == 0) continue;
    if (!text.empty()) text += " ";
    text += english_below_thousand(group) + std::string(name);
  }
  return text;
}

std::string english_money(std::int64_t minor) {
  std::string text = english(minor / 100) + " dollars";
  if (minor % 100 > 0) text += fmt::format(" and {} cents", english(minor % 100));
  return text;
}

/// A way to write an amount.
struct Form {
  std::string name;
  std::function<std::string(std::int64_t)> write;
};

std::vector<Form> forms() {
  return {
      {"plain", plain},
      {"shortest", shortest},
      {"grouped", [](auto m) { return grouped(m); }},
      {"apostrophes", [](auto m) { return grouped(m, "'"); }},
      {"dollar", [](auto m) { return "$" + grouped(m); }},
      {"us_dollar", [](auto m) { return "US$ " + plain(m); }},
      {"yuan_sign", [](auto m) { return "¥" + plain(m); }},
      {"wide_yuan_sign", [](auto m) { return "￥" + grouped(m); }},
      {"cny", [](auto m) { return "CNY " + grouped(m); }},
      {"rmb_glued", [](auto m) { return "RMB" + plain(m); }},
      {"rmb_behind", [](auto m) { return shortest(m) + "rmb"; }},
      {"yuan", [](auto m) { return grouped(m) + " yuan"; }},
      {"dollars", [](auto m) { return plain(m) + " dollars"; }},
      {"yuan_chinese", [](auto m) { return plain(m) + "元"; }},
      {"kuai", [](auto m) { return shortest(m) + "块钱"; }},
      {"renminbi", [](auto m) { return "人民币" + plain(m) + "元"; }},
      {"full_width", [](auto m) { return full_width(plain(m)); }},
      {"full_width_grouped", [](auto m) { return full_width(grouped(m)) + "元"; }},
      {"jiao_fen", [](auto m) { return fmt::format("{}元{}角{}分", m / 100, m / 10 % 10, m % 10); }},
      {"wan", [](auto m) { return fmt::format("{}.{:06}万元", m / 1'000'000, m % 1'000'000); }},
      {"thousand_yuan", [](auto m) { return fmt::format("{}.{:05}k", m / 100'000, m % 100'000); }},
      {"million",
       [](auto m) { return fmt::format("{}.{:08} million yuan", m / 100'000'000, m % 100'000'000); }},
      {"chinese", [](auto m) { return chinese_money(m, kCommon, "元"); }},
      {"chinese_kuai", [](auto m) { return chinese_money(m, kCommon, "块"); }},
      {"chinese_bank", [](auto m) { return "人民币" + chinese_money(m, kBank, "元"); }},
      {"english_words", english_money},
      {"bold", [](auto m) { return "**" + grouped(m) + "**"; }},
      {"code", [](auto m) { return "`" + plain(m) + "`"; }},
      {"latex_dollar", [](auto m) { return "\\$" + grouped(m, "{,}"); }},
      {"latex_thin", [](auto m) { return "$" + grouped(m, "\\,") + "\\text{ yuan}$"; }},
      {"boxed", [](auto m) { return "\\boxed{\\$" + grouped(m, "{,}") + "}"; }},
      {"boxed_text", [](auto m) { return "\\boxed{\\text{" + plain(m) + "元}}"; }},
      {"json", [](auto m) { return "{\"answer\": \"" + grouped(m) + "\"}"; }},
      {"json_number", [](auto m) { return "```json\n{\"final_answer\": " + shortest(m) + "}\n```"; }},
      {"tag", [](auto m) { return "<answer> " + plain(m) + " </answer>"; }},
      {"thin_space", [](auto m) { return grouped(m, "\u202f"); }},
  };
}

/// Words around an amount, of which "{}" is the place.
const std::vector<std::string>& frames() {
  static const std::vector<std::string> frames = {
      "{}",
      "{}.",
      "You spent {} in total.",
      "The total is {}.",
      "The answer is {}",
      "**Final answer:** {}",
      "Between 2024-01-01 and 2024-01-31 you spent {} on dining.",
      "On March 5th, 2024, you made 3 purchases for {}.",
      "<think>maybe 1.00 or 2.00</think>\nYou spent {}.",
      "总共花了{}。",
      "答案是{}",
      "2024年1月1日到2024年1月31日，共3笔，合计{}。",
      "在3月5日您一共消费了 {} 。",
  };
  return frames;
}

std::string framed(std::string_view frame, std::string_view amount) {
  std::string text(frame);
  return text.replace(text.find("{}"), 2, amount);
}

bool passes(const std::string& answer, std::int64_t due) {
  return score_answer(answer, AnswerStatus::ok, {.text = plain(due)}).correct;
}

/// Amounts of all sizes up to millions; every third is whole.
std::int64_t draw_amount(RandomStream& random) {
  std::int64_t most = 100;
  for (std::int64_t zeros = random.between(0, 7); zeros > 0; --zeros) most *= 10;
  const std::int64_t minor = random.between(1, most);
  return minor >= 100 && random.below(3) == 0 ? minor / 100 * 100 : minor;
}

TEST(ScoreProperties, AnAmountInAnyFormIsReadBack) {
  RandomStream random(1);
  for (const Form& form : forms()) {
    for (int round = 0; round < kRounds; ++round) {
      const std::int64_t minor = draw_amount(random);
      const std::string answer = framed(frames()[random.below(frames().size())], form.write(minor));
      ASSERT_TRUE(passes(answer, minor)) << form.name << ": " << plain(minor) << " <- " << answer;
      ASSERT_FALSE(passes(answer, minor + 1)) << form.name << ": " << answer;
      ASSERT_FALSE(passes(answer, -minor)) << form.name << ": " << answer;
      ASSERT_FALSE(passes(answer, minor * 100)) << form.name << ": " << answer;
    }
  }
}

TEST(ScoreProperties, TwoAmountsNeverPass) {
  const std::vector<std::string> links = {
      " or ",        " and ", ", ",   "; ",          "\n",          " / ",    "-",
      " to ",        "或",    "和",   "、",          "，",          "至",     ". Or ",
      ", or maybe ", " (",    " = ",  ", total ",    ". Total: ",   "，总共", "\nThe answer is ",
      ", not ",      " ~ ",   " vs ", ". Actually ", " in total, ", "还是"};
  RandomStream random(2);
  const std::vector<Form> all = forms();
  for (const std::string& link : links) {
    for (int round = 0; round < kRounds; ++round) {
      const std::int64_t first = draw_amount(random);
      const std::int64_t second = draw_amount(random);
      if (first == second) continue;
      // The forms that mark a final answer take part in the test below.
      const Form& form = all[random.below(26)];
      const Form& other = all[random.below(26)];
      const std::string answer =
          framed(frames()[random.below(4)], form.write(first) + link + other.write(second));
      if (link != ", not ") {
        ASSERT_FALSE(passes(answer, first)) << plain(first) << " <- " << answer;
      }
      // "The answer is", said last, is what counts, unless it was said before.
      if (link.find("answer") == std::string::npos) {
        ASSERT_FALSE(passes(answer, second)) << plain(second) << " <- " << answer;
      }
    }
  }
}

TEST(ScoreProperties, TwoFinalAnswersNeverPass) {
  const std::vector<std::string> finals = {"\\boxed{{}}", "<answer>{}</answer>", "{\"answer\": \"{}\"}",
                                           "The answer is {}.", "答案是{}。"};
  RandomStream random(3);
  for (int round = 0; round < kRounds; ++round) {
    const std::int64_t first = draw_amount(random);
    const std::int64_t second = draw_amount(random);
    if (first == second) continue;
    const std::string answer = framed(finals[random.below(finals.size())], plain(first)) + "\n" +
                               framed(finals[random.below(finals.size())], plain(second));
    ASSERT_FALSE(passes(answer, first)) << plain(first) << " <- " << answer;
    ASSERT_FALSE(passes(answer, second)) << plain(second) << " <- " << answer;
  }
}

/// Text without a number, an amount or a claim.
std::string junk(RandomStream& random) {
  static const std::vector<std::string> pieces = {" ",         "\n",
                                                  ".",         "!",
                                                  "lorem",     "ipsum",
                                                  "谢谢",      "好的",
                                                  "**",        "{",
                                                  "}",         "\\",
                                                  "$",         "(",
                                                  ")",         "}}}",
                                                  "\"",        "😀",
                                                  "\xff",      "<b>",
                                                  "|",         "：",
                                                  "#",         "...",
                                                  "Thank you", "I hope this helps",
                                                  "\\boxed{",  "answer",
                                                  "total"};
  std::string text = " ";
  for (std::int64_t n = random.between(1, 8); n > 0; --n) text += pieces[random.below(pieces.size())];
  return text;
}

TEST(ScoreProperties, JunkNeverMakesAWrongAnswerRight) {
  RandomStream random(4);
  const std::vector<Form> all = forms();
  for (int round = 0; round < 40 * kRounds; ++round) {
    const std::int64_t due = draw_amount(random);
    const std::int64_t given = draw_amount(random);
    if (given == due) continue;
    const std::string answer =
        junk(random) +
        framed(frames()[random.below(frames().size())], all[random.below(all.size())].write(given)) +
        junk(random);
    ASSERT_FALSE(passes(answer, due)) << plain(due) << " <- " << answer;
  }
}

TEST(ScoreProperties, WhatIsNotAnAnswerNeverPasses) {
  RandomStream random(5);
  for (int round = 0; round < kRounds; ++round) {
    const std::int64_t due = draw_amount(random);
    for (const AnswerStatus status :
         {AnswerStatus::error, AnswerStatus::empty, AnswerStatus::truncated, AnswerStatus::refused}) {
      const Score score = score_answer(plain(due), status, {.text = plain(due)});
      ASSERT_FALSE(score.correct || score.tolerant);
      ASSERT_EQ(score.reason, ScoreReason::not_answered);
      ASSERT_EQ(score.status, status);
    }
    ASSERT_FALSE(passes("<think>" + plain(due), due));
    ASSERT_FALSE(passes(std::string(round, ' '), due));
  }
}

TEST(ScoreProperties, AnAmountCutShortNeverPasses) {
  RandomStream random(6);
  for (int round = 0; round < kRounds; ++round) {
    const std::int64_t due = random.between(100'000, 99'999'999) / 10 * 10 + random.between(1, 9);
    const std::string text = grouped(due);
    for (std::size_t size = 0; size < text.size(); ++size)
      ASSERT_FALSE(passes(text.substr(0, size), due)) << text.substr(0, size);
  }
}

TEST(ScoreProperties, EveryDayIsReadBack) {
  static const std::vector<std::string> months = {"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
  for (Date date = *Date::parse("2023-12-01"); date < *Date::parse("2025-02-01");
       date = date + std::chrono::days(1)) {
    const int y = date.year();
    const unsigned m = date.month();
    const unsigned d = date.day();
    const std::string& name = months[m - 1];
    for (const std::string& answer :
         {fmt::format("{}/{}/{}", y, m, d), fmt::format("{}.{:02}.{:02}", y, m, d),
          fmt::format("{} {}, {}", name, d, y), fmt::format("{} {} {}", d, name, y),
          fmt::format("{}. {}th, {}", name.substr(0, 3), d, y), fmt::format("{}年{}月{}日", y, m, d),
          fmt::format("{} 年 {} 月 {} 号", y, m, d), fmt::format("It was {} {}.", name, d),
          fmt::format("{}月{}日", chinese(m, kCommon), chinese(d, kCommon)),
          fmt::format("On {:04}-{:02}-{:02} there were 5 transactions, 123.45 in all.", y, m, d)}) {
      const auto score = [&](Date due) {
        return score_answer(answer, AnswerStatus::ok, {.text = format_date(due), .form = AnswerForm::date});
      };
      ASSERT_TRUE(score(date).correct)
          << format_date(date) << " <- " << answer << " " << name_of(score(date).reason);
      ASSERT_FALSE(score(date + std::chrono::days(1)).correct) << answer;
    }
  }
}

TEST(ScoreProperties, EverySpellingOfASceneIsRead) {
  const Catalogue& catalogue = default_catalogue();
  for (const Scene& scene : catalogue.scenes) {
    std::vector<std::string> spellings = scene.aliases;
    spellings.push_back(scene.name);
    spellings.push_back(scene.chinese);
    for (const Scene& due : catalogue.scenes) {
      for (const std::string& spelling : spellings) {
        for (const std::string_view frame :
             {"{}", "The answer is {}.", "{}的总支出最高。", "**{}**", "\\boxed{\\text{{}}}"}) {
          const Score score = score_answer(framed(frame, spelling), AnswerStatus::ok,
                                           {.text = due.name, .form = AnswerForm::scene});
          ASSERT_EQ(score.correct, &due == &scene) << due.name << " <- " << framed(frame, spelling);
        }
      }
    }
  }
}

TEST(ScoreProperties, TolerantTakesWhatIsNearAndNothingElse) {
  const auto score = [](const std::string& answer) {
    return score_answer(answer, AnswerStatus::ok, {.text = "1234.50"});
  };
  for (const std::string near : {"1234.51", "1235.50", "1222.16", "1246.84", "about 1234", "1234.501"}) {
    EXPECT_FALSE(score(near).correct) << near;
    EXPECT_TRUE(score(near).tolerant) << near;
  }
  for (const std::string far : {"1222.15", "1246.85", "-1234.50", "1234 or 1235", "about 1000", "€1234.50"}) {
    EXPECT_FALSE(score(far).tolerant) << far;
  }
}

TEST(ScoreProperties, EuropeanMarksAreReadWhereAsked) {
  const ScoreOptions european{.european = true};
  const DueAnswer due{.text = "1234.50"};
  EXPECT_TRUE(score_answer("€? no: 1.234,50", AnswerStatus::ok, {.text = "1234.50"}, european).correct);
  EXPECT_FALSE(score_answer("1,234.50", AnswerStatus::ok, due, european).correct);
}

TEST(ScoreProperties, ARewardIsOneOrNothing) {
  EXPECT_EQ(reward("Let me see. \\boxed{1234.5}", "1234.50"), 1);
  EXPECT_EQ(reward("\\boxed{1234.6}", "1234.50"), 0);
  EXPECT_EQ(reward("餐饮", "Dining"), 1);
  EXPECT_EQ(reward("March 5", "2024-03-05"), 1);
  EXPECT_EQ(reward("", ""), 0);
  EXPECT_EQ(reward("anything", ""), 0);
}

/// A megabyte of what makes a scorer look back or ahead too far: seconds in all where each look is short,
/// hours where one is not, which the harness ends.
TEST(ScoreProperties, HostileCompletionsEnd) {
  const std::vector<std::string> pieces = {"\\boxed{",
                                           "{",
                                           "<answer>",
                                           "<think>",
                                           "</think>",
                                           "\"answer\":[",
                                           "\"answer\":1",
                                           "'answer':'",
                                           "answer is ",
                                           "答案是",
                                           "9",
                                           "9,",
                                           "1,234,",
                                           "一",
                                           "十",
                                           "万",
                                           "1万",
                                           "1 + ",
                                           "-12h ",
                                           "a",
                                           "one hundred ",
                                           "March ",
                                           "3月",
                                           "2024-",
                                           "or ",
                                           "或",
                                           "没有",
                                           "no ",
                                           "Dining ",
                                           "other ",
                                           "d ",
                                           "$",
                                           " ",
                                           "\n",
                                           "*",
                                           "\\",
                                           "&",
                                           "\xe4",
                                           "\xff",
                                           "½",
                                           "ﷺ",
                                           "60 or ",
                                           "total 60 ",
                                           "= 1 ",
                                           "####\n",
                                           "'",
                                           "\\text{",
                                           "not ",
                                           "<",
                                           "one ",
                                           "answer",
                                           "1/2/2024 ",
                                           "1'000'",
                                           "1e9",
                                           "二〇二四年"};
  for (const std::string& piece : pieces) {
    for (const AnswerForm form :
         {AnswerForm::money, AnswerForm::count, AnswerForm::scene, AnswerForm::date}) {
      const std::size_t size = form == AnswerForm::money ? 1'000'000 : 100'000;
      std::string text = "60 ";
      while (text.size() < size) text += piece;
      const Score score = score_answer(text, AnswerStatus::ok, {.text = "61.00", .form = form});
      ASSERT_FALSE(score.correct) << piece;
      ASSERT_LE(score.extracted.size(), 500U) << piece;
    }
  }
}

}  // namespace
}  // namespace synthv1
