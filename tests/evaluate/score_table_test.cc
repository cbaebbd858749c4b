// SPDX-License-Identifier: Apache-2.0
// Each row: what is due, what is answered, and the verdict that a reader would give.
#include "synthv1/evaluate/score.h"

#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

struct Row {
  std::string name;
  std::string due;
  std::string answer;
  bool correct = false;
  std::string reason = "equal";
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.due << " <- " << row.answer << " (" << row.name << ")";
}

Score scored(const std::string& due, const std::string& answer, AnswerForm form) {
  return score_answer(answer, AnswerStatus::ok, {.text = due, .form = form});
}

class ScoreTable : public testing::TestWithParam<Row> {};

TEST_P(ScoreTable, HasTheVerdict) {
  const Row& row = GetParam();
  const Score score = scored(row.due, row.answer, form_of(row.due));
  EXPECT_EQ(score.correct, row.correct);
  EXPECT_EQ(name_of(score.reason), row.reason)
      << "value " << score.value << ", extracted " << score.extracted;
}

std::string row_name(const testing::TestParamInfo<Row>& row) { return row.param.name; }

/// What scorers elsewhere get wrong, one each.
INSTANTIATE_TEST_SUITE_P(
    KnownFaults, ScoreTable,
    testing::ValuesIn(std::vector<Row>{
        {"thousands", "1234.50", "$1,234.50", true},
        {"one_decimal", "1234.50", "1234.5", true},
        {"yuan_sign", "1234.50", "¥1,234.50", true},
        {"chinese_sentence", "1234.50", "总共花了1234.50元。", true},
        {"full_width", "1234.50", "１２３４．５０", true},
        {"wan", "12000.00", "1.2万元", true},
        {"point_lost", "12.50", "1250", false, "different"},
        {"digits_within", "50.00", "1250.00", false, "different"},
        {"zero_within", "0.00", "1230.00", false, "different"},
        {"sign_lost", "-35.00", "35.00", false, "different"},
        {"either_or", "60.00", "either 60.00 or 75.00", false, "hedged"},
        {"one_cent_off", "1234.50", "1234.51", false, "different"},
        {"empty", "1234.50", "", false, "not_answered"},
        {"nothing_spent", "0.00", "You did not spend anything", true},
        {"english_date", "2024-03-05", "March 5, 2024", true},
        {"chinese_date", "2024-03-05", "2024年3月5日", true},
        {"order_of_a_set", "Dining, Shopping", "Shopping, Dining", true},
        {"all_scenes", "Dining",
         "Dining, Transportation, Shopping, Entertainment, Utilities, Medical, Education, Other", false,
         "multiple"},
    }),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Money, ScoreTable,
    testing::ValuesIn(std::vector<Row>{
        {"minus_sign", "-35.00", "−35.00", true},
        {"minus_before_sign", "-35.00", "-$35.00", true},
        {"minus_behind_sign", "-35.00", "¥-35", true},
        {"minus_word", "-35.00", "minus 35 yuan", true},
        {"minus_chinese", "-35.00", "负三十五元", true},
        {"accounting", "-35.00", "($35.00)", true},
        {"brackets_in_a_sentence", "35.00", "You spent thirty-five yuan (35.00).", true},
        {"bullet_is_no_minus", "35.00", "- 35.00", true},
        {"sign_added", "35.00", "-35.00", false, "different"},
        {"trailing_zeros", "33.30", "33.3000", true},
        {"third_decimal", "33.33", "33.333", false, "different"},
        {"unit_after", "60.00", "60 yuan", true},
        {"unit_glued", "60.00", "60rmb", true},
        {"unit_before_glued", "60.00", "RMB60", true},
        {"us_dollar", "60.00", "US$60", true},
        {"dollars_cents", "1200.50", "one thousand two hundred dollars and fifty cents", true},
        {"words_hyphen", "35.50", "thirty-five point five yuan", true},
        {"words_alone", "35.00", "Thirty-five.", true},
        {"euro", "60.00", "€60.00", false, "currency"},
        {"yen", "60.00", "60日元", false, "currency"},
        {"hong_kong", "60.00", "HK$60", false, "currency"},
        {"kuai_jiao", "12.50", "12块5", true},
        {"kuai_jiao_fen", "3.55", "3元5角5分", true},
        {"mao", "0.50", "五毛", true},
        {"chinese_numerals", "120.00", "一百二十元", true},
        {"chinese_short", "3500.00", "三千五百元整", true},
        {"chinese_colloquial", "3500.00", "三千五块", true},
        {"chinese_wan", "12000.00", "一万二元", true},
        {"chinese_bank", "120.00", "壹佰贰拾元整", true},
        {"chinese_point", "123.45", "一百二十三点四五元", true},
        {"chinese_zero", "10005.00", "一万零五元", true},
        {"mixed_units", "123000.00", "12万3千元", true},
        {"english_k", "1500.00", "$1.5k", true},
        {"english_million", "2000000.00", "2 million yuan", true},
        {"latex_box", "1234.50", "So \\boxed{\\$1{,}234.50}.", true},
        {"latex_text", "1234.50", "\\boxed{1234.50\\text{元}}", true},
        {"latex_math", "1234.50", "$1234.50$", true},
        {"latex_thin_space", "1234.50", "\\(1\\,234.50\\)", true},
        {"bold", "1234.50", "You spent **1,234.50** in total.", true},
        {"code", "1234.50", "`1234.50`", true},
        {"json", "1234.50", "{\"answer\": \"1,234.50\"}", true},
        {"json_number", "1234.50", "```json\n{\"answer\": 1234.5}\n```", true},
        {"json_null", "1234.50", "{\"answer\": null}", false, "abstained"},
        {"tag", "1234.50", "I add them.\n<answer>1234.50</answer>", true},
        {"last_line", "72.00", "24 and 48\n#### 72", true},
        {"marker", "60.00", "20.00 for lunch, 40.00 for a book. The answer is 60.00.", true},
        {"marker_chinese", "60.00", "午饭20元，书40元。答案：60元", true},
        {"thinking", "60.00", "<think>Maybe 75.00?</think>60.00", true},
        {"thinking_end_only", "60.00", "Maybe 75.00?</think>60.00", true},
        {"addends", "50.00", "20 + 30, total 50", true},
        {"equation", "50.00", "20.00 + 30.00 = 50.00", true},
        {"items", "50.00", "Lunch 20.00, taxi 30.00. Total: 50.00", true},
        {"items_chinese", "50.00", "午饭20元，打车30元，合计50元。", true},
        {"total_first", "50.00", "You spent 50.00 in total: 20.00 on lunch and 30.00 on a taxi.", true},
        {"sum_in_brackets", "50.00", "50.00 (20.00 + 30.00)", true},
        {"average", "33.33", "100 / 3 = 33.33", true},
        {"product", "60.00", "3笔，每笔20元，20 × 3 = 60元", true},
        {"list_chinese", "345.60",
         "餐饮消费如下：\n1. 1月5日：快餐 45.6元\n2. 2月10日：餐厅 200元\n3. 3月2日：咖啡 100元\n"
         "合计：45.6 + 200 + 100 = 345.6元",
         true},
        {"list_english", "345.60",
         "Your dining from 2024-01-01 to 2024-03-31:\n\n- **Jan 5**: Fast Food - ¥45.60\n- **Feb 10**: "
         "Restaurant - ¥200.00\n- **Mar 2**: Coffee - ¥100.00\n\n**Total: ¥345.60**",
         true},
        {"steps", "66.00", "Step 1: 30 + 20 = 50. Step 2: 50 + 16 = 66. The total spent is 66.", true},
        {"split_up", "66.00", "Answer: 66.00\n\nExplanation: lunch 30.00 and taxi 36.00.", true},
        {"quarter", "345.60", "You spent $345.60 on dining in Q1 2024.", true},
        {"name_with_digit", "60.00", "You spent 60.00 at 7-Eleven.", true},
        {"corrected", "60.00", "66.00. Actually the refund of 6.00 makes it 60.00.", false, "multiple"},
        {"no_record_and_zero", "0.00", "There is no record of dining on 2024-03-05, so the total is 0.00.",
         true},
        {"dates_around", "123.45", "Between 2024-01-01 and 2024-01-31 you spent 123.45.", true},
        {"dates_english", "123.45", "From January 1 to January 31, 2024, 123.45 was spent on dining.", true},
        {"dates_chinese", "123.45", "2024年1月1日到1月31日，餐饮一共花了123.45元。", true},
        {"dates_short", "45.00", "On March 5th you spent $45.", true},
        {"year_in_passing", "123.00", "In 2024 you spent 123.", true},
        {"count_in_passing", "123.45", "You made 3 transactions totalling 123.45.", true},
        {"count_chinese", "123.45", "共3笔消费，一共123.45元", true},
        {"adjective_before_count", "60.00", "Across 3 dining purchases you spent 60", true},
        {"time_of_day", "60.00", "At 12:30 you spent 60.00.", true},
        {"percent", "60.00", "That is 15% of the budget: 60.00 yuan", true},
        {"same_twice", "12000.00", "1.2万元（12000元）", true},
        {"nothing_chinese", "0.00", "这段时间没有消费。", true},
        {"nothing_dining_chinese", "0.00", "您在这段时间没有任何餐饮支出。", true},
        {"nothing_records_chinese", "0.00", "该日没有餐饮消费记录。", true},
        {"nothing_transactions", "0.00", "There were no dining transactions on that day.", true},
        {"nothing_word", "0.00", "Nothing.", true},
        {"nothing_and_zero", "0.00", "You didn't spend any money, so 0.00.", true},
        {"zero_yuan", "0.00", "0元", true},
        {"nothing_else", "60.00", "You spent 60.00 and nothing else.", true},
        {"nothing_is_wrong", "60.00", "You did not spend anything", false, "different"},
        {"nothing_but", "50.00", "You did not spend anything on dining, 50.00 on books.", false, "multiple"},
        {"unknown_is_not_zero", "0.00", "Unknown", false, "abstained"},
        {"not_mentioned", "0.00", "It is not mentioned in the conversation.", false, "abstained"},
        {"not_mentioned_chinese", "0.00", "对话中没有提到。", false, "abstained"},
        {"cannot_tell", "60.00", "I don't know, 60.00", false, "abstained"},
        {"denied", "60.00", "It is not 60.00", false, "nothing_found"},
        {"denied_then_other", "60.00", "not 60.00 but 75.00", false, "different"},
        {"about", "60.00", "about 60.00", false, "hedged"},
        {"approximately_total", "60.00", "approximately a total of $60.00", false, "hedged"},
        {"tilde", "60.00", "~60", false, "hedged"},
        {"almost_equal", "33.33", "100/3 ≈ 33.33", false, "hedged"},
        {"around_chinese", "60.00", "大约花了60元", false, "hedged"},
        {"zuoyou", "60.00", "60元左右", false, "hedged"},
        {"duo", "60.00", "60多元", false, "hedged"},
        {"more_than", "60.00", "more than 60", false, "hedged"},
        {"or_chinese", "60.00", "60元或75元", false, "hedged"},
        {"between_amounts", "60.00", "between 60 and 75", false, "hedged"},
        {"range_dash", "60.00", "60-75", false, "hedged"},
        {"range_chinese", "60.00", "60至75元", false, "hedged"},
        {"boxed_or", "60.00", "\\boxed{60.00} or 75.00", false, "hedged"},
        {"boxed_maybe", "60.00", "maybe \\boxed{60.00}", false, "hedged"},
        {"two", "60.00", "60.00 and 75.00", false, "multiple"},
        {"two_bare", "60.00", "60, 75.00", false, "multiple"},
        {"two_glued_chinese", "60.00", "60，750", false, "multiple"},
        {"two_totals", "75.00", "total 60.00, total 75.00", false, "multiple"},
        {"two_equal_sign", "75.00", "60 = 75", false, "multiple"},
        {"two_boxes", "60.00", "\\boxed{75.00} \\boxed{60.00}", false, "multiple"},
        {"two_answers", "75.00", "The answer is 60.00. The answer is 75.00.", false, "multiple"},
        {"boxed_then_other", "60.00", "\\boxed{60.00}. Actually 75.00.", false, "multiple"},
        {"three_guesses", "60.00", "10.00, 50.00, 60.00", false, "multiple"},
        {"scientific", "1000.00", "1e3", false, "unreadable"},
        {"european", "1234.50", "1.234,50", false, "unreadable"},
        {"too_long", "60.00", "99999999999999999999999999999999999999", false, "unreadable"},
        {"version", "1.20", "1.2.0", false, "unreadable"},
        {"fraction_sign", "12.00", "12½", false, "unreadable"},
        {"words_around_nothing", "60.00", "Let me think about that.", false, "nothing_found"},
        {"word_with_digits", "60.00", "Room A60", false, "nothing_found"},
        {"unclosed_thinking", "60.00", "<think>60.00", false, "not_answered"},
        {"only_thinking", "60.00", "<think>60.00</think>\n", false, "not_answered"},
        {"refusal", "60.00", "I'm sorry, I can't help with that.", false, "not_answered"},
        {"superscript", "1234.50", "1234.50¹", true},
        {"saved_is_no_guess", "60.00", "节约60元", true},
        {"thin_space", "1234.50", "1\u202f234.50", true},
    }),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Dates, ScoreTable,
    testing::ValuesIn(std::vector<Row>{
        {"iso", "2024-03-05", "2024-03-05", true},
        {"slashes", "2024-03-05", "2024/3/5", true},
        {"points", "2024-03-05", "2024.03.05", true},
        {"ordinal", "2024-03-05", "It was March 5th, 2024.", true},
        {"day_first", "2024-03-05", "5 March 2024", true},
        {"the_fifth_of", "2024-03-05", "the 5th of March, 2024", true},
        {"weekday", "2024-03-05", "Tuesday, Mar. 5, 2024", true},
        {"no_year", "2024-03-05", "March 5", true},
        {"no_year_chinese", "2024-03-05", "3月5号", true},
        {"chinese_numerals", "2024-03-05", "二〇二四年三月五日", true},
        {"full_width", "2024-03-05", "２０２４－０３－０５", true},
        {"with_count", "2024-03-05", "2024-03-05, with 4 transactions worth 60.00", true},
        {"range_of_question", "2024-03-05", "From 2024-01-01 to 2024-03-31 it was 2024-03-05.", true},
        {"range_chinese", "2024-03-05", "从2024年1月1日到2024年3月31日，是3月5日。", true},
        {"us_order_unambiguous", "2024-03-25", "03/25/2024", true},
        {"eu_order_unambiguous", "2024-03-25", "25/03/2024", true},
        {"ambiguous", "2024-03-05", "03/05/2024", false, "unreadable"},
        {"ambiguous_settled", "2024-03-05", "03/05/2024 (March 5, 2024)", true},
        {"same_day_and_month", "2024-03-03", "03/03/2024", true},
        {"other_year", "2024-03-05", "2023-03-05", false, "different"},
        {"month_only", "2024-03-05", "March 2024", false, "nothing_found"},
        {"two_dates", "2024-03-05", "2024-03-05 and 2024-03-06", false, "multiple"},
        {"date_or", "2024-03-05", "2024-03-05 or 2024-03-06", false, "hedged"},
        {"around", "2024-03-05", "around March 5, 2024", false, "hedged"},
        {"only_a_range", "2024-03-05", "2024-03-05 to 2024-03-10", false, "nothing_found"},
        {"no_such_day", "2024-03-05", "2024-02-30", false, "nothing_found"},
        {"month_iso", "2024-03", "2024-03", true},
        {"month_english", "2024-03", "March 2024", true},
        {"month_chinese", "2024-03", "2024年3月", true},
        {"month_name", "2024-03", "It was in March.", true},
        {"month_numeral", "2024-03", "三月份", true},
        {"month_wrong", "2024-03", "April 2024", false, "different"},
        {"month_two", "2024-03", "March 2024 and April 2024", false, "multiple"},
    }),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Scenes, ScoreTable,
    testing::ValuesIn(std::vector<Row>{
        {"plain", "Dining", "Dining", true},
        {"small", "Dining", "dining.", true},
        {"chinese", "Dining", "餐饮", true},
        {"chinese_sentence", "Dining", "餐饮类的总支出最高，共1,234.50元。", true},
        {"alias", "Dining", "Food & Drink", true},
        {"alias_and", "Dining", "food and drink", true},
        {"marked_up", "Dining", "The category is **Dining**.", true},
        {"boxed", "Dining", "\\boxed{\\text{Dining}}", true},
        {"json", "Dining", "{\"answer\": \"Dining\"}", true},
        {"ahead_of", "Dining", "Dining, ahead of Shopping and Medical.", true},
        {"followed_by", "Dining", "Dining (900.00), followed by Shopping (800.00).", true},
        {"more_than_chinese", "Dining", "餐饮，高于购物和医疗。", true},
        {"any_other", "Dining", "You spent more on Dining than on any other category.", true},
        {"listed_then_found", "Dining", "Dining ¥1,200, Shopping ¥800, Medical ¥100 → Dining is the highest.",
         true},
        {"listed_then_said", "Dining",
         "Dining: 900.00\nShopping: 800.00\nMedical: 20.00\nThe highest is Dining.", true},
        {"other_scene", "Dining", "Shopping", false, "different"},
        {"other_itself", "Other", "Other", true},
        {"other_chinese", "Other", "其他", true},
        {"two_scenes", "Dining", "Dining and Shopping", false, "multiple"},
        {"two_scenes_chinese", "Dining", "餐饮、购物", false, "multiple"},
        {"with_other_chinese", "Dining", "餐饮和其他", false, "multiple"},
        {"scene_or", "Dining", "Dining or Shopping", false, "hedged"},
        {"probably", "Dining", "probably Dining", false, "hedged"},
        {"not_dining", "Dining", "not Dining", false, "nothing_found"},
        {"not_but", "Shopping", "Not Dining but Shopping", true},
        {"within_a_word", "Other", "Mother", false, "nothing_found"},
        {"subscene", "Dining", "Coffee", false, "nothing_found"},
        {"set_incomplete", "Dining, Shopping", "Dining", false, "different"},
        {"set_too_many", "Dining, Shopping", "Dining, Shopping, Medical", false, "multiple"},
        {"set_chinese", "Dining, Shopping", "购物和餐饮", true},
    }),
    row_name);

INSTANTIATE_TEST_SUITE_P(Counts, ScoreTable,
                         testing::ValuesIn(std::vector<Row>{
                             {"bare", "7", "7", true},
                             {"with_noun", "7", "You made 7 transactions.", true},
                             {"word", "7", "seven", true},
                             {"word_noun", "7", "There were seven dining transactions.", true},
                             {"chinese", "7", "一共7笔", true},
                             {"chinese_numeral", "7", "七笔", true},
                             {"chinese_two", "2", "两次", true},
                             {"with_amount", "7", "7 transactions worth 123.45", true},
                             {"with_days", "7", "7 transactions over 3 days", true},
                             {"none", "0", "There were no transactions.", true},
                             {"none_chinese", "0", "没有消费", true},
                             {"thousands", "1200", "1,200", true},
                             {"different", "7", "8", false, "different"},
                             {"two", "7", "7 and 8", false, "multiple"},
                             {"or", "7", "7 or 8", false, "hedged"},
                             {"about", "7", "about 7", false, "hedged"},
                             {"a_half", "7", "7.5", false, "nothing_found"},
                         }),
                         row_name);

}  // namespace
}  // namespace synthv1
