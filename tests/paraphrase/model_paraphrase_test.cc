// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/model_paraphrase.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/model/openai_endpoint.h"
#include "tests/paraphrase/specs.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/test_clock.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// One of the plan's questions, and its rewrite on the wire.
struct Line {
  std::int64_t id = 0;
  std::string question;
};

std::vector<Line> lines_of(const FakeRequest& request) {
  std::vector<Line> lines;
  const json::Value plan = plan_of(request);
  for (const json::Value& entry : *plan.find("questions")->as_array()) {
    lines.push_back({*entry.find("id")->as_int64(), std::string(*entry.find("question")->as_string())});
  }
  return lines;
}

Answer reply(const std::vector<Line>& lines) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("questions").begin_array();
  for (const Line& line : lines) {
    writer.begin_object().key("id").integer(line.id).key("question").string(line.question).end_object();
  }
  writer.end_array().end_object();
  return complete(text);
}

/// Every question with a word before it.
std::vector<Line> reworded(std::vector<Line> lines) {
  for (Line& line : lines) line.question = "Well, " + line.question;
  return lines;
}

class ModelParaphrase : public ::testing::Test {
 protected:
  /// `count` questions about the months from January 2024 on.
  void SetUp() override { ask(3); }
  void ask(unsigned count) {
    questions_.clear();
    for (unsigned i = 0; i < count; ++i) {
      const Date first = day("2024-01-01") + std::chrono::days(i);
      QuestionSpec spec = filters("", {"Dining"});
      spec.range = DateRange{first, first + std::chrono::days(3)};
      questions_.push_back(make_question(type_named("time_range_scene_amount"), spec, Language::english));
    }
    templates_.clear();
    for (const Question& question : questions_) templates_.push_back(question.query);
  }

  Result<std::vector<std::string>> reword(Script script, std::uint32_t max_retries = 2) {
    FakeEndpoint server(std::move(script));
    EndpointOptions options{.base_url = server.url() + "/v1", .model = "test-model"};
    auto endpoint = OpenAiEndpoint::make(io_.get_executor(), std::move(options), clock_);
    check(endpoint.has_value(), "the endpoint's options are right");
    RunState run(clock_);
    auto result = run_coroutine(
        io_,
        reword_by_model(questions_, Language::english, default_catalogue(), **endpoint, run,
                        {.max_retries = max_retries, .record = 4, .batch_done = [this] { ++batches_; }}));
    requests_ = server.requests();
    return result;
  }

  void expect_all_reworded() {
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      EXPECT_EQ(questions_[i].query, "Well, " + templates_[i]);
      EXPECT_EQ(questions_[i].template_query, templates_[i]);
    }
  }
  void expect_template(std::size_t i) {
    EXPECT_EQ(questions_[i].query, templates_[i]);
    EXPECT_EQ(questions_[i].template_query, "");
  }

  asio::io_context io_;
  TestClock clock_;
  std::vector<Question> questions_;
  std::vector<std::string> templates_;
  std::vector<FakeRequest> requests_;
  int batches_ = 0;
};

TEST_F(ModelParaphrase, BatchesOfTenSideBySide) {
  ask(25);
  const auto left = reword([](const FakeRequest& request) { return reply(reworded(lines_of(request))); });
  ASSERT_TRUE(left);
  EXPECT_THAT(*left, IsEmpty());
  EXPECT_EQ(requests_.size(), 3U);
  EXPECT_EQ(batches_, 3);
  expect_all_reworded();
}

TEST_F(ModelParaphrase, TheRequestIsTheContract) {
  ASSERT_TRUE(reword([](const FakeRequest& request) { return reply(reworded(lines_of(request))); }));
  const json::Value plan = plan_of(requests_.at(0));
  EXPECT_EQ(plan.find("task")->as_string(), "paraphrase");
  EXPECT_EQ(plan.find("language")->as_string(), "en");
  EXPECT_EQ(lines_of(requests_[0]).at(2).id, 2);
  EXPECT_EQ(lines_of(requests_[0]).at(2).question, templates_[2]);
  const json::Value body = json::parse(requests_[0].body).value();
  EXPECT_TRUE(json::write(body).find("\"json_schema\"") != std::string::npos);
}

TEST_F(ModelParaphrase, IdsInAnyOrder) {
  ask(10);
  const auto left = reword([](const FakeRequest& request) {
    auto lines = reworded(lines_of(request));
    std::reverse(lines.begin(), lines.end());
    return reply(lines);
  });
  ASSERT_TRUE(left);
  EXPECT_EQ(requests_.size(), 1U);
  expect_all_reworded();
}

TEST_F(ModelParaphrase, SwappedIdsAreRefused) {
  const auto left = reword(
      [](const FakeRequest& request) {
        auto lines = reworded(lines_of(request));
        std::swap(lines.front().id, lines.back().id);
        return reply(lines);
      },
      1);
  ASSERT_TRUE(left);
  expect_template(0), expect_template(2);
  EXPECT_EQ(questions_[1].query, "Well, " + templates_[1]);
}

TEST_F(ModelParaphrase, AsksAgainForWhatIsMissing) {
  const auto left = reword([](const FakeRequest& request) {
    auto lines = reworded(lines_of(request));
    if (lines.size() == 3) lines.pop_back();
    return reply(lines);
  });
  ASSERT_TRUE(left);
  EXPECT_THAT(*left, IsEmpty());
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_EQ(lines_of(requests_[1]).size(), 1U);
  EXPECT_THAT(last_message(requests_[1]), HasSubstr("id 2: there was no rewrite of it"));
  expect_all_reworded();
}

TEST_F(ModelParaphrase, TellsWhatWasLost) {
  const auto left = reword([](const FakeRequest& request) {
    auto lines = reworded(lines_of(request));
    if (lines.size() == 3) lines[1].question = "How much did I spend on dining in January 2024?";
    return reply(lines);
  });
  ASSERT_TRUE(left);
  EXPECT_THAT(*left, IsEmpty());
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_THAT(last_message(requests_[1]),
              HasSubstr("- id 1: 'January 2024' is not 2024-01-02 to 2024-01-05"));
  EXPECT_TRUE(last_message(requests_[1]).ends_with("}\n```"));
  expect_all_reworded();
}

TEST_F(ModelParaphrase, RepeatedAndUnknownIdsAreFaults) {
  const auto left = reword([](const FakeRequest& request) {
    auto lines = reworded(lines_of(request));
    if (lines.size() == 3) lines.insert(lines.end(), {lines[0], Line{77, "How much?"}});
    return reply(lines);
  });
  ASSERT_TRUE(left);
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_EQ(lines_of(requests_[1]).size(), 1U);
  EXPECT_THAT(last_message(requests_[1]), HasSubstr("the id 0 came more than once"));
  EXPECT_THAT(last_message(requests_[1]), HasSubstr("the id 77 was not asked for"));
  expect_all_reworded();
}

TEST_F(ModelParaphrase, InTheEndTheTemplateStands) {
  const auto left = reword([](const FakeRequest&) { return complete("I would rather not say."); });
  ASSERT_TRUE(left);
  EXPECT_EQ(requests_.size(), 3U);
  EXPECT_THAT(*left,
              ElementsAre(HasSubstr("paraphrase batch 0: questions 0, 1, 2 keep the template: no JSON")));
  EXPECT_EQ(batches_, 1);
  for (std::size_t i = 0; i < 3; ++i) expect_template(i);
}

TEST_F(ModelParaphrase, NoTwoQuestionsGetTheSameText) {
  const auto left = reword([](const FakeRequest& request) {
    auto lines = lines_of(request);
    for (Line& line : lines)
      line.question = "Well, how much was spent on Dining from 2024-01-01 to 2024-01-04?";
    return reply(lines);
  });
  ASSERT_TRUE(left);
  EXPECT_NE(questions_[0].query, templates_[0]);
  expect_template(1), expect_template(2);
}

TEST_F(ModelParaphrase, AnUnchangedQuestionHasNoTemplateBesideIt) {
  ASSERT_TRUE(reword([](const FakeRequest& request) { return reply(lines_of(request)); }));
  EXPECT_EQ(requests_.size(), 1U);
  for (std::size_t i = 0; i < 3; ++i) expect_template(i);
}

TEST_F(ModelParaphrase, AFailedBatchLeavesItsTemplates) {
  ask(20);
  const auto left = reword([](const FakeRequest& request) {
    const auto lines = lines_of(request);
    return lines[0].id == 0 ? respond(413, "too large") : reply(reworded(lines));
  });
  ASSERT_TRUE(left) << left.error().message;
  EXPECT_THAT(*left, ElementsAre(HasSubstr("paraphrase batch 0: questions 0, 1, 2, 3")));
  expect_template(9);
  EXPECT_EQ(questions_[10].query, "Well, " + templates_[10]);
}

TEST_F(ModelParaphrase, AFatalErrorEndsTheRun) {
  ask(20);
  const auto left = reword([](const FakeRequest&) {
    return respond(401, R"({"error":{"message":"Incorrect API key provided"}})");
  });
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().kind, ErrorKind::endpoint);
  EXPECT_THAT(left.error().message, HasSubstr("401"));
}

TEST_F(ModelParaphrase, NothingToDo) {
  ask(0);
  const auto left = reword([](const FakeRequest&) { return respond(500, ""); });
  ASSERT_TRUE(left);
  EXPECT_THAT(requests_, IsEmpty());
}

}  // namespace
}  // namespace synthv1::test
