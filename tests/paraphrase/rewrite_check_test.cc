// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/rewrite_check.h"

#include "synthv1/paraphrase/paraphrase.h"
#include "tests/paraphrase/specs.h"

#include <array>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kEnglish = Language::english;
constexpr auto kChinese = Language::chinese;

/// A rewrite and a part of the fault that it must be refused for; empty where it must pass.
struct Row {
  std::string_view rewrite;
  std::string_view fault = {};
};

void expect_rows(const Question& question, Language language, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const auto faults = check_rewrite(question, row.rewrite, language, default_catalogue());
    if (row.fault.empty()) {
      EXPECT_THAT(faults, IsEmpty()) << row.rewrite;
    } else {
      EXPECT_THAT(faults, ::testing::Contains(HasSubstr(row.fault))) << row.rewrite;
    }
  }
}

Question question(std::string_view type, QuestionSpec spec, Language language = kEnglish) {
  return make_question(type_named(type), std::move(spec), language);
}

TEST(RewriteCheck, DatesOfARange) {
  const Question asked = question("time_range_scene_amount", filters("2024-01-05 2024-03-03", {"Dining"}));
  expect_rows(
      asked, kEnglish,
      {{"How much did I spend on dining between January 5 and March 3, 2024?"},
       {"How much did I spend on dining from Jan 5th to Mar. 3rd, 2024?"},
       {"From 5 January to 3 March 2024, what did I spend on dining?"},
       {"How much was spent on Dining from 2024-01-05 to 2024-03-03?"},
       {"What was my total dining spending from 2024/1/5 until 2024/3/3?"},
       {"What was my total dining spending from January 5, 2024 to March 3?"},
       {"How much went on dining, starting January 5, 2024 and ending March 3, 2024?"},
       {"dining total for 2024-01-05 – 2024-03-03, please"},
       {"How much on dining from the 5th of January to the 3rd of March, 2024?"},
       {"From Friday, January 5, 2024 through Sunday, March 3, 2024, how much did I spend on dining?"},
       {"How much did I spend on dining since January 5, 2024 up to and including March 3, 2024?"},
       {"How much did I spend on dining from 01/05/2024 to 01/05/2024?", "two dates"},
       {"How much did I spend on dining between January 5 and March 4, 2024?",
        "'January 5 and March 4, 2024' is not"},
       {"How much did I spend on dining between January 6 and March 3, 2024?",
        "is not 2024-01-05 to 2024-03-03"},
       {"How much did I spend on dining between January 5 and March 3, 2023?", "is not 2024"},
       {"How much did I spend on dining between January 5 and March 3?", "lacks the year"},
       {"How much did I spend on dining from 2024-03-03 to 2024-01-05?", "ends before it begins"},
       {"How much did I spend on dining in the first quarter of 2024?", "is not 2024"},
       {"How much did I spend on dining from January to March 2024?", "is not 2024"},
       {"How much did I spend on dining before 2024-03-03?", "open at one end"},
       {"How much did I spend on dining since January 5, 2024?", "open at one end"},
       {"How much did I spend on dining after January 5 and before March 3, 2024?", "open"},
       {"How much did I spend on dining on 2024-01-05?", "is not 2024"},
       {"How much did I spend on dining on 2024-01-05 and 2024-03-03?", "is not 2024"},
       {"How much did I spend on dining?", "does not say 2024-01-05 to 2024-03-03"},
       {"How much did I spend on dining last winter?", "relative"},
       {"How much did I spend on dining over the past two months?", "relative"},
       {"How much did I spend on dining so far, from 2024-01-05 to 2024-03-03?", "changes what is counted"},
       {"How much did I spend on dining from 2024-01-05 to 2024-03-03 on weekends?",
        "changes what is counted"},
       {"How much did I spend on dining from early January 2024 to March 3, 2024?", "inexact"},
       {"How much did I spend on dining from 2024-01-05 to the end of March 2024?", "is not"},
       {"How much did I spend on dining from Thursday, January 5, 2024 to March 3, 2024?", "day of the week"},
       {"How much did I spend on dining from 2024-01-05 to 2024-03-03 and in May 2024?", "'May 2024' is not"},
       {"How much did I spend on dining from February 30, 2024 to March 3, 2024?", "not in the calendar"},
       {"How much did I spend on dining not from 2024-01-05 to 2024-03-03?", "changes what is counted"},
       {"How much did I spend on dining outside 2024-01-05 to 2024-03-03?", "changes what is counted"}});
}

TEST(RewriteCheck, CalendarNames) {
  expect_rows(
      question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Dining"})), kEnglish,
      {{"Can you tell me my total dining expenses in January 2024?"},
       {"In Jan 2024, how much did I spend on dining?"},
       {"How much did I spend on dining over the whole month of January, 2024?"},
       {"How much did dining cost me from January 1st to 31st, 2024?"},
       {"How much did dining cost me in January 2024 (2024-01-01 to 2024-01-31)?"},
       {"How much did dining cost me in 2024-01?"},
       {"May I ask how much I spent on dining in January 2024?"},
       {"How much did I spend on dining in January?", "'January' lacks the year"},
       {"How much did I spend on dining from 2024-01-01 to 2024-01-30?", "is not 2024-01-01 to 2024-01-31"},
       {"How much did I spend on dining from 2024-01-01 to 2024-02-01?", "is not 2024-01-01 to 2024-01-31"},
       {"How much did I spend on dining before 2024-02-01?", "open"},
       {"How much did I spend on dining by the end of January 2024?", "open"},
       {"How much did I spend on dining at the end of January 2024?", "inexact"},
       {"How much did I spend on dining in early January 2024?", "inexact"},
       {"How much did I spend on dining in mid-January 2024?", "inexact"},
       {"How much did I spend on dining in the first half of January 2024?", "'first half'"},
       {"How much did I spend on dining from January 2024 onwards?", "open"},
       {"How much did I spend on dining in February 2024?", "is not 2024-01-01 to 2024-01-31"},
       {"How much did I spend on dining in January 2023?", "is not"},
       {"How much did I spend on dining in January and February 2024?", "lacks the year"},
       {"How much did I spend on dining last month?", "relative"},
       {"How much did I spend on dining this January?", "relative"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-01 2024-03-31", {})), kEnglish,
              {{"How much did I spend in total in Q1 2024?"},
               {"How much did I spend overall in the first quarter of 2024?"},
               {"What did everything come to in 2024 Q1?"},
               {"How much did I spend in total from January through March 2024?"},
               {"How much did I spend from the beginning of January 2024 to the end of March 2024?"},
               {"How much did I spend in total in Q1?", "lacks the year"},
               {"How much did I spend in total in Q2 2024?", "is not"},
               {"How much did I spend in total in the first half of 2024?", "is not"},
               {"How much did I spend in total this quarter?", "relative"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-08 2024-01-14", {})), kEnglish,
              {{"How much did I spend in the week of 2024-01-08 to 2024-01-14?"},
               {"How much did I spend in the week of January 8, 2024?"},
               {"How much did I spend in the week starting Monday, January 8, 2024?"},
               {"How much did I spend in the week ending January 14, 2024?"},
               {"How much did I spend in the week of January 8–14, 2024?"},
               {"How much did I spend in the week of January 9, 2024?", "seven days"},
               {"How much did I spend in the week starting January 9, 2024?", "is not"},
               {"How much did I spend in the second week of January 2024?", "number"},
               {"How much did I spend that week?", "does not say"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-01 2024-12-31", {})), kEnglish,
              {{"How much did I spend in 2024 in total?"},
               {"What was my total spending for the year 2024?"},
               {"What was my total spending this year?", "relative"},
               {"How much did I spend since 2024?", "open"}});
}

TEST(RewriteCheck, OneDate) {
  Question asked = question("single_date_scene_amount", filters("2024-01-15", {"Medical"}));
  expect_rows(asked, kEnglish,
              {{"How much did I spend on medical expenses on January 15, 2024?"},
               {"On Monday, January 15, 2024, how much went to medical bills?"},
               {"What was my healthcare total for 15 January 2024?"},
               {"How much was medical on 2024-01-16?", "is not 2024-01-15"},
               {"How much was medical on January 15?", "lacks the year"},
               {"How much was medical in January 2024?", "is not 2024-01-15"},
               {"How much was medical from 2024-01-15?", "open"},
               {"How much was medical until 2024-01-15?", "open"},
               {"How much was medical in the week of 2024-01-15?", "is not 2024-01-15"},
               {"How much was medical today?", "relative"},
               {"How much was medical on 2024-01-15, was it 123.45?", "number"}});
  asked.answer = "123.45";
  expect_rows(asked, kEnglish,
              {{"Was my medical total on 2024-01-15 really 123.45?", "gives the answer away"}});
}

TEST(RewriteCheck, Scenes) {
  expect_rows(
      question("time_range_multiple_scenes_amount", filters("2024-01-01 2024-01-31", {"Dining", "Other"})),
      kEnglish,
      {{"How much did I spend on dining and Other combined in January 2024?"},
       {"What were my dining and other expenses in total in January 2024?"},
       {"How much did I spend on dining, plus miscellaneous, in January 2024?"},
       {"How much did I spend on dining in January 2024?", "does not name the scene Other"},
       {"How much did I spend on dining and other categories in January 2024?", "changes what is counted"},
       {"How much did I spend on dining and any other things in January 2024?", "changes what is counted"},
       {"How much did I spend on other things than dining in January 2024?", "'than'"},
       {"How much did I spend on everything other than dining in January 2024?", "changes what is counted"},
       {"How much did I spend on dining, shopping and other in January 2024?", "adds the scene Shopping"},
       {"How much did I spend on dining or other in January 2024?", "changes what is counted"},
       {"How much did I spend each on dining and other in January 2024?", "asks something other"}});
  expect_rows(
      question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Education"})), kEnglish,
      {{"How much were my educational expenses in total in January 2024?"},
       {"How much did I spend on learning in January 2024?"},
       {"How much did I spend on education at Harvard in January 2024?", "'Harvard' names something"},
       {"How much did I spend on tuition in January 2024?", "adds the subscene Tuition"},
       {"How much did I spend on education, except books, in January 2024?", "changes what is counted"},
       {"How much did I spend in January 2024?", "does not name the scene Education"},
       {"How much did I spend on medical in January 2024?", "adds the scene Medical"},
       {"How much did I spend on education and health in January 2024?", "adds the scene Medical"}});
  expect_rows(question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Utilities"})), kEnglish,
              {{"How much were my utility bills in January 2024?"},
               {"What did utilities cost me altogether in January 2024?"},
               {"How much was my gas bill in January 2024?", "subscene Gas Bill"},
               {"How much did my utility shopping come to in January 2024?", "adds the scene Shopping"}});
  expect_rows(
      question("time_range_multiple_scenes_amount", filters("2024-01-01 2024-01-31", {"Dining", "Shopping"})),
      kEnglish,
      {{"How much did I spend on food and shopping altogether in January 2024?"},
       {"How much did I spend on food shopping altogether in January 2024?", "runs two scenes together"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-01 2024-01-31", {})), kEnglish,
              {{"How much did I spend in total across all categories in January 2024?"},
               {"How much did all my purchases come to in January 2024?"},
               {"How much did I spend on dining in total in January 2024?", "adds the scene Dining"}});
}

TEST(RewriteCheck, TheThingAsked) {
  expect_rows(
      question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Dining"})), kEnglish,
      {{"How many times did I spend on dining in January 2024?", "asks something other than for a total"},
       {"What was my average dining expense in January 2024?", "'average'"},
       {"What was my biggest dining expense in January 2024?", "'biggest'"},
       {"What was the least I spent on dining in January 2024?", "'least'"},
       {"Did I spend on dining in January 2024?", "does not ask for a total"},
       {"Which day did I spend on dining in January 2024?", "asks something other"},
       {"What share of my total went to dining in January 2024?", "'share'"},
       {"How much did I spend on dining per day in January 2024?", "'per'"},
       {"How much more did I spend on dining in January 2024?", "'How much more'"},
       {"How much should I spend on dining in January 2024?", "'How much should'"},
       {"How much did I spend on dining in January 2024, and how much on that day?",
        "more than one question"},
       {"How much did I spend on dining in January 2024? And was it a lot?", "more than one question"},
       {"Did my total dining spending go up in January 2024?", "'go up'"},
       {"Is my total dining spending in January 2024 high?", "does not ask"},
       {"How much did I spend on dining and gifts in January 2024?", "'gifts'"},
       {"How much did I spend on gifts and dining in January 2024?", "'gifts'"},
       {"How much did my wife spend on dining in January 2024?", "changes what is counted"},
       {"How much is twice my dining total in January 2024?", "changes what is counted"},
       {"How much did I spend on dining in the month after January 2024?", "open"},
       {"List my dining expenses in January 2024.", "does not ask"},
       {"I spent money on dining in January 2024.", "does not ask"},
       {"How many dollars did I spend on dining in January 2024?", "currency"},
       {"How much did I spend on dining in January 2024", {}},
       {"Please add up my dining expenses in January 2024.", {}}});
  expect_rows(
      question("max_scene", filters("2024-01-01 2024-01-31", {})), kEnglish,
      {{"Which category did I spend the most on in January 2024?"},
       {"What was my top spending category in January 2024?"},
       {"Which category beat any other in total spending in January 2024, the highest one?"},
       {"Was Dining the category I spent the most on in January 2024?", "adds the scene Dining"},
       {"Which category had the most transactions in January 2024?", "asks something other"},
       {"Which category surprised me the most in January 2024?", "does not ask which scene"},
       {"Which category had the most expensive item in January 2024?", "'item'"},
       {"Which category did I spend the least on in January 2024?", "'least'"},
       {"Which category had the second highest total in January 2024?", "'second highest'"},
       {"Which day did I spend the most on in January 2024?", "which scene"},
       {"Which categories did I spend the most on in January 2024?", "asks something other"},
       {"How much did I spend on my top category in January 2024?", "'How much'"},
       {"What was my largest single transaction by category in January 2024?", "asks something other"}});
  expect_rows(question("max_frequency_date", filters("", {"Dining"})), kEnglish,
              {{"On which day did I have the most dining transactions?"},
               {"When did I dine out the most times? I mean the Dining day with the most entries."},
               {"Which date has the highest number of dining purchases?"},
               {"On which day did I spend the most on dining?", "asks something other"},
               {"On which day did I spend the most on dining transactions?", "asks something other"},
               {"On which day was my largest dining transaction?", "asks something other"},
               {"On which day was my most expensive dining transaction?", "asks something other"},
               {"Which month had the most dining transactions?", "'Which month'"},
               {"Which day of the week had the most dining transactions?", "'Which day of the week'"},
               {"How many dining transactions did I make on the busiest day?", "'How many'"},
               {"On which day in January 2024 did I have the most dining transactions?", "does not have"},
               {"Which day had the fewest dining transactions?", "'fewest'"},
               {"On which day did I have the most transactions?", "does not name the scene Dining"}});
  expect_rows(question("max_single_amount", filters("2024-01-01 2024-01-31", {})), kEnglish,
              {{"How much was my priciest purchase in January 2024?"},
               {"What's the most I spent in a single transaction in January 2024?"},
               {"What was my total in January 2024, in a single sum?", "asks something other"},
               {"How much did I spend in total in January 2024?", "asks something other"},
               {"What was my largest single day of spending in January 2024?", "asks something other"},
               {"What was my smallest single transaction in January 2024?", "'smallest'"},
               {"What was my second largest single transaction in January 2024?", "'second largest'"},
               {"On which day was my largest single transaction in January 2024?", "asks something other"},
               {"Which category had my largest transaction in January 2024?", "asks something other"},
               {"How many large transactions did I have in January 2024?", "asks something other"},
               {"What was my most frequent transaction amount in January 2024?", "asks something other"}});
  expect_rows(question("total_amount", filters("", {})), kEnglish,
              {{"How much have I spent in total so far?"},
               {"What's the grand total of everything I've recorded since I started?"},
               {"How much have I spent in total this year?", "relative"},
               {"How much have I spent in total in 2024?", "does not have"},
               {"How much have I spent on dining in total?", "adds the scene"},
               {"How much have I spent in total lately?", "relative"}});
}

TEST(RewriteCheck, Form) {
  const Question asked = question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Dining"}));
  expect_rows(asked, kEnglish,
              {{"", "empty"},
               {"   ", "empty"},
               {"How much did I spend on dining\nin January 2024?", "more than one line"},
               {"How much did I spend on dining\u2028in January 2024?", "more than one line"},
               {"How much did I spend on dining\tin January 2024?", "plain text"},
               {"How much did I spend on dining in January 2024?\xff", "plain text"},
               {"2024年1月我在餐饮上一共花了多少钱？", "not in English"},
               {"How much did I spend on dining in January 2024:", "does not end"}});
  const std::string tail(420, 'x');
  expect_rows(asked, kEnglish,
              {{"How much did I spend on dining in January 2024? " + tail, "longer than 400"}});
  expect_rows(question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Dining"}), kChinese),
              kChinese, {{"How much did I spend on dining in January 2024?", "not in Chinese"}});
}

TEST(RewriteCheck, ChineseDates) {
  expect_rows(question("time_range_scene_amount", filters("2024-01-05 2024-03-03", {"Dining"}), kChinese),
              kChinese,
              {{"2024年1月5日到3月3日我在餐饮上一共花了多少钱？"},
               {"从2024-01-05到2024-03-03，餐饮花了多少？"},
               {"2024年1月5号至2024年3月3号期间，吃饭……餐饮总共多少？"},
               {"在2024年1月5日和2024年3月3日之间，餐饮总共花了多少？"},
               {"2024年一月五日到三月三日，餐饮一共花了多少？"},
               {"２０２４年１月５日到３月３日，餐饮一共花了多少？"},
               {"从2024年1月5日（周五）开始到3月3日，餐饮花了多少？"},
               {"1月5日到3月3日我在餐饮上一共花了多少钱？", "lacks the year"},
               {"2024年1月5日到3月4日我在餐饮上一共花了多少钱？", "is not"},
               {"2024年3月3日到1月5日我在餐饮上一共花了多少钱？", "ends before"},
               {"2024年1月5日到2023年3月3日我在餐饮上一共花了多少钱？", "ends before"},
               {"2024年1月5日以来我在餐饮上一共花了多少钱？", "open"},
               {"2024年3月3日之前我在餐饮上一共花了多少钱？", "open"},
               {"截至2024年3月3日我在餐饮上一共花了多少钱？", "open"},
               {"从2024年1月5日起我在餐饮上一共花了多少钱？", "open"},
               {"2024年1月初到3月3日我在餐饮上一共花了多少钱？", "inexact"},
               {"2024年1月到3月我在餐饮上一共花了多少钱？", "is not"},
               {"2024年第一季度我在餐饮上一共花了多少钱？", "is not"},
               {"最近两个月我在餐饮上一共花了多少钱？", "relative"},
               {"2024年1月5日到3月3日除了餐饮一共花了多少钱？", "changes what is counted"},
               {"我在餐饮上一共花了多少钱？", "does not say"},
               {"2024年1月5日（周四）到3月3日我在餐饮上一共花了多少钱？", "day of the week"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-01 2024-01-31", {}), kChinese), kChinese,
              {{"2024年1月我一共花了多少钱？"},
               {"2024年1月份这个月一共花了多少？"},
               {"二〇二四年一月一共花了多少？"},
               {"2024年1月1日到31日总共花了多少？"},
               {"1月我一共花了多少钱？", "lacks the year"},
               {"2024年1月底我一共花了多少钱？", "inexact"},
               {"2024年1月上旬我一共花了多少钱？", "inexact"},
               {"2024年1月1日到30日总共花了多少？", "is not"},
               {"二〇二四年一月一日一共花了多少？", "is not"},
               {"2024年2月以前一共花了多少？", "open"},
               {"上个月我一共花了多少钱？", "relative"},
               {"今年1月我一共花了多少钱？", "relative"},
               {"2024年1月我一共花了多少美元？", "currency"},
               {"2024年1月我一共花了300块吗？", "number"},
               {"2024年1月我一共花了三百块是不是，多少？", "number"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-01 2024-06-30", {}), kChinese), kChinese,
              {{"2024年上半年我一共花了多少钱？"},
               {"2024年1月到6月我一共花了多少钱？"},
               {"2024年1-6月我一共花了多少钱？"},
               {"2024年下半年我一共花了多少钱？", "is not"},
               {"上半年我一共花了多少钱？", "lacks the year"}});
  expect_rows(question("time_range_total_amount", filters("2024-01-08 2024-01-14", {}), kChinese), kChinese,
              {{"2024-01-08到2024-01-14这一周我一共花了多少钱？"},
               {"2024年1月8日那一周我一共花了多少钱？"},
               {"2024年1月8日开始的一周我一共花了多少钱？"},
               {"2024年1月9日那一周我一共花了多少钱？", "seven days"},
               {"这周我一共花了多少钱？", "relative"},
               {"2024年第2周我一共花了多少钱？", "is not"}});
  expect_rows(question("single_date_scene_amount", filters("2024-01-15", {"Utilities"}), kChinese), kChinese,
              {{"2024年1月15日那天水电费花了多少钱？"},
               {"2024-01-15当天，我的水电费一共多少？"},
               {"2024年1月15日那天水电花了多少钱？", "subscene"},
               {"1月15日那天水电费花了多少钱？", "lacks the year"},
               {"2024年1月16日那天水电费花了多少钱？", "is not"},
               {"2024年1月水电费花了多少钱？", "is not"},
               {"2024年1月15日的前一天水电费花了多少钱？", "relative"},
               {"农历2024年1月15日水电费花了多少钱？", "changes"},
               {"2024年1月15日水电费和礼物花了多少钱？", "names something"},
               {"2024年1月15日水电费是否总共花了很多？", "changes"}});
}

TEST(RewriteCheck, ChineseScenesAndThings) {
  expect_rows(question("time_range_multiple_scenes_amount",
                       filters("2024-01-01 2024-01-31", {"Dining", "Other"}), kChinese),
              kChinese,
              {{"2024年1月餐饮和其他加起来一共花了多少？"},
               {"2024年1月餐饮、其他总共花了多少？"},
               {"2024年1月餐饮一共花了多少？", "does not name the scene 其他"},
               {"2024年1月餐饮和其他类别一共花了多少？", "changes"},
               {"2024年1月餐饮、购物和其他一共花了多少？", "adds the scene"},
               {"2024年1月餐饮和其他分别花了多少？", "asks something other"},
               {"2024年1月餐饮或者其他一共花了多少？", "changes"}});
  expect_rows(question("max_scene", filters("2024-01-01 2024-01-31", {}), kChinese), kChinese,
              {{"2024年1月哪一类花得最多？"},
               {"2024年1月和其他类别相比，哪个类别总支出最高？", "asks something other"},
               {"2024年1月哪一类花得最少？", "asks something other"},
               {"2024年1月哪一类的笔数最多？", "asks something other"},
               {"2024年1月哪一天花得最多？", "which scene"},
               {"2024年1月哪个类别花得最多，花了多少？", "asks something other"},
               {"2024年1月餐饮是不是花得最多的类别？", "adds the scene"}});
  expect_rows(question("max_frequency_date", filters("", {"Dining"}), kChinese), kChinese,
              {{"哪天我的餐饮消费笔数最多？"},
               {"餐饮花得最频繁的是哪一天？"},
               {"哪天我在餐饮上花钱最多？", "asks something other"},
               {"哪天我的餐饮消费金额最高？", "asks something other"},
               {"哪个月我的餐饮消费笔数最多？", "asks something other"},
               {"我哪天的餐饮消费笔数最少？", "asks something other"},
               {"哪天我的消费笔数最多？", "scene"},
               {"2024年1月哪天我的餐饮消费笔数最多？", "does not have"},
               {"哪天我的餐饮消费笔数最多，有多少笔？", "asks something other"}});
  expect_rows(question("max_single_amount", filters("2024-01-01 2024-01-31", {}), kChinese), kChinese,
              {{"2024年1月最贵的一笔消费是多少钱？"},
               {"2024年1月单笔最高花了多少？"},
               {"2024年1月最小的一笔是多少？", "asks something other"},
               {"2024年1月一共花了多少？", "asks something other"},
               {"2024年1月平均每笔多少？", "asks something other"},
               {"2024年1月第二大的一笔是多少？", "asks something other"}});
  expect_rows(question("total_amount", filters("", {}), kChinese), kChinese,
              {{"到目前为止我一共花了多少钱？"},
               {"所有记录加起来有多少？"},
               {"今年我一共花了多少钱？", "relative"},
               {"最近我一共花了多少钱？", "relative"},
               {"一共花了多少次钱？", "asks something other"},
               {"餐饮一共花了多少钱？", "adds the scene"}});
}

TEST(RewriteCheck, FaultsAreToldInBothLanguages) {
  const Question asked =
      question("time_range_scene_amount", filters("2024-01-01 2024-01-31", {"Dining"}), kChinese);
  const auto check = rewrite_check(default_catalogue(), kChinese);
  EXPECT_THAT(check->faults(asked, "2024年2月餐饮花了多少？", kChinese),
              ::testing::ElementsAre("“2024年2月”不是2024-01-01到2024-01-31"));
  EXPECT_THAT(check->faults(asked, "2024年1月一共花了多少？", kChinese),
              ::testing::ElementsAre("没有提到类别餐饮"));
}

/// Rewrites as people and models word them.
TEST(RewriteCheck, FreeWording) {
  const auto range = [](std::initializer_list<std::string_view> scenes) {
    return filters("2024-01-05 2024-03-03", scenes);
  };
  expect_rows(
      question("time_range_scene_amount", range({"Dining"})), kEnglish,
      {{"Hey, what did I end up spending on dining between January 5th and March 3rd of 2024?"},
       {"So, between Jan 5, 2024, and Mar 3, 2024, how much cash did I blow on dining?"},
       {"How much have I shelled out on dining out, January 5 – March 3, 2024?"},
       {"How much did I overspend on dining from January 5 to March 3, 2024?", "changes what is counted"},
       {"How much did I spend on dining from January 5 to March 3, '24?", "lacks the year"},
       {"How much did I spend on dining from 2024-01-05 to 03-03?", "number"},
       {"How much did I spend on dining from 2024-01-05 for 59 days?", "open"}});
  expect_rows(
      question("time_range_multiple_scenes_amount", range({"Dining", "Shopping", "Utilities"})), kEnglish,
      {{"What's the combined cost of dining, shopping, and utilities from January 5 to March 3 of 2024?"},
       {"If I add my Dining, Shopping and utility bills together, what did I spend from 2024-01-05 to "
        "2024-03-03?"}});
  expect_rows(question("max_scene", range({})), kEnglish,
              {{"What spending category topped the charts from January 5, 2024 to March 3, 2024?"},
               {"Between January 5 and March 3 2024, which scene ended up costing me the most overall?"}});
  expect_rows(question("time_range_scene_amount", range({"Dining"}), kChinese), kChinese,
              {{"2024-01-05 到 2024-03-03 之间，餐饮这块儿我一共花了多少钱？"},
               {"2024年1月5号到3月3号这段时间，我吃喝餐饮总共花了多少钱呀？"},
               {"2024年1月5日到3月3日，非餐饮花了多少？", "changes what is counted"},
               {"2024年1月5日到3月3日，餐饮比购物多花了多少？", "adds the scene"},
               {"24年1月5日到3月3日，餐饮花了多少？", "lacks the year"}});
}

/// Pieces that dates, names and questions are made of, thrown together: the check ends, and never throws.
TEST(RewriteCheck, AnyTextIsRead) {
  constexpr std::array<std::string_view, 40> kPieces = {
      "2024",  "-",        "01",     "15",    "/",  "January ", "to ",    "between ",
      "and ",  "5th ",     "first ", "half ", "Q1", "week ",    "of ",    "dining ",
      "Other", "'",        "’",      "年",    "月", "日",       "第",     "季度",
      "一",    "十",       "二〇",   "到",    "从", "前",       "那一周", "餐饮",
      "多少",  "how much", "\xe4",   "\xff",  ".",  "(",        "，",     "99999999999999999999"};
  RandomStream random(2);
  const Question asked = question("time_range_scene_amount", filters("2024-01-05 2024-03-03", {"Dining"}));
  for (const Language language : {kEnglish, kChinese}) {
    const auto check = rewrite_check(default_catalogue(), language);
    for (int i = 0; i < 20000; ++i) {
      std::string text;
      for (std::int64_t pieces = random.between(0, 12); pieces > 0; --pieces) text += random.pick(kPieces);
      for (const std::string& fault : check->faults(asked, text, language)) {
        EXPECT_EQ(fault.find('\n'), std::string::npos);
      }
    }
  }
}

}  // namespace
}  // namespace synthv1::test
