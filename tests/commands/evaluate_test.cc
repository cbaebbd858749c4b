// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/evaluate.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/commands/generate.h"
#include "synthv1/commands/results_file.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/temporary_folder.h"

#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kLines =
    R"({"task_id": "hand", "questions": [
 {"qid": "late", "query": "What did it all come to?", "answer": "60.00", "position": 2, "category": "total"},
 {"qid": "early", "query": "What was it at first?", "answer": "10.00", "position": 0, "category": "total"},
 {"qid": "middle", "query": "And the day after?", "answer": "30.00", "position": 1, "category": "other"},
 {"qid": "scene", "query": "Which kind took the most?", "answer": "Dining", "position": 2, "category": "scene"}],
 "chunks": ["[2024-01-01] User said, \"10.00 for tea.\"", "[2024-01-02] User said, \"20.00 for a book.\"",
 "[2024-01-03] User said, \"30.00 for rice.\""], "metadata": {}})";

class EvaluateTest : public testing::Test {
 protected:
  EvaluateTest() {
    write("hand.json", kLines);
    options_.data = {path("hand.json")};
    options_.out = path("r.jsonl");
    options_.model = "test-model";
    options_.agent = "full";
    options_.seed = 1;
  }

  std::string path(std::string_view name) const { return folder_.path(name); }
  void write(std::string_view name, std::string_view text) const { std::ofstream(path(name)) << text; }
  std::string read(std::string_view name) const {
    std::ostringstream text;
    text << std::ifstream(path(name)).rdbuf();
    return text.str();
  }

  Result<EvaluateSummary> run() { return evaluate(options_, default_catalogue(), files_, progress_); }
  /// By qid.
  std::map<std::string, ResultRow> rows() {
    std::map<std::string, ResultRow> rows;
    const std::vector<ResultRow> all = read_rows(files_, options_.out).value();
    for (const ResultRow& row : all) rows.emplace(row.qid, row);
    return rows;
  }

  TemporaryFolder folder_;
  DiskFiles files_;
  SilentProgress progress_;
  EvaluateOptions options_;
};

/// Answers whatever is asked with `text`.
Script answering(std::string text) {
  return openai_script([text](const FakeRequest& request) -> std::optional<Answer> {
    if (request.method == "GET") return std::nullopt;
    return complete(text);
  });
}

TEST_F(EvaluateTest, TheKeyScoresAllAndZeroWhatIsZero) {
  options_.agent = "key";
  const auto key = run();
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->results.all.asked, 4U);
  EXPECT_EQ(key->results.all.correct, 4U);
  options_.agent = "zero";
  options_.out = path("z.jsonl");
  const auto zero = run();
  ASSERT_TRUE(zero) << zero.error().message;
  EXPECT_EQ(zero->results.all.correct, 0U);
  EXPECT_EQ(zero->results.all.answered, 4U);
}

TEST_F(EvaluateTest, NoChunkBehindThePositionIsShown) {
  FakeEndpoint server(answering("Answer: 10.00"));
  options_.base_url = server.url() + "/v1";
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.correct, 1U);
  ASSERT_EQ(server.requests().size(), 4U);
  for (const FakeRequest& request : server.requests()) {
    const json::Value plan = plan_of(request);
    const std::string question(*plan.find("question")->as_string());
    const bool middle = question.starts_with("And"), early = question.starts_with("What was");
    EXPECT_TRUE(request.body.contains("10.00 for tea"));
    EXPECT_EQ(request.body.contains("20.00 for a book"), !early);
    EXPECT_EQ(request.body.contains("30.00 for rice"), !early && !middle);
  }
}

TEST_F(EvaluateTest, RowsStandInTheOrderOfTheDataWhateverTheOrderOfAnswers) {
  options_.agent = "key";
  ASSERT_TRUE(run());
  std::vector<std::string> qids;
  const std::vector<ResultRow> all = read_rows(files_, options_.out).value();
  for (const ResultRow& row : all) qids.push_back(row.qid);
  EXPECT_THAT(qids, ElementsAre("late", "early", "middle", "scene"));
  EXPECT_THAT(read("r.summary.json"), HasSubstr("\"agent\": \"key\""));
}

TEST_F(EvaluateTest, EachAgentShowsWhatItsNameSays) {
  const std::map<std::string, std::vector<std::string>> shown = {
      {"none", {}}, {"recent", {"30.00 for rice"}}, {"bm25", {"20.00 for a book"}}};
  write("one.json",
        R"({"task_id": "one", "questions": [{"qid": "q", "query": "What was the price of the book?",
    "answer": "20.00", "position": 2, "category": "c"}], "chunks": ["[2024-01-01] User said, \"10.00 for tea.\"",
    "[2024-01-02] User said, \"20.00 for a book.\"", "[2024-01-03] User said, \"30.00 for rice.\""], "metadata": {}})");
  options_.data = {path("one.json")};
  options_.k = 1;
  for (const auto& [agent, texts] : shown) {
    SCOPED_TRACE(agent);
    FakeEndpoint server(answering("20.00"));
    options_.base_url = server.url() + "/v1";
    options_.agent = agent;
    options_.out = path(agent + ".jsonl");
    const auto summary = run();
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(summary->results.all.correct, 1U);
    const std::string body = server.requests().at(0).body;
    for (const char* text : {"10.00 for tea", "20.00 for a book", "30.00 for rice"}) {
      const bool due = std::ranges::find(texts, text) != texts.end();
      EXPECT_EQ(body.contains(text), due) << text;
    }
  }
}

TEST_F(EvaluateTest, WhatDoesNotFitTheContextIsCutFromTheOldestAndCounted) {
  std::string text(kLines);
  for (const char* said : {"for tea.", "for a book.", "for rice."})
    text.replace(text.find(said), std::string(said).size(), said + std::string(600, 'x'));  // 150 tokens
  write("hand.json", text);
  FakeEndpoint server(answering("Answer: 10.00"));
  options_.base_url = server.url() + "/v1";
  options_.max_tokens = 10;
  options_.context_tokens = 450;  // one chunk fits, not two
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.cut, 3U);
  EXPECT_EQ(summary->results.chunks_left_out, 2U + 1U + 2U);
  EXPECT_EQ(rows().at("early").chunks_left_out, 0U);
  EXPECT_EQ(rows().at("late").chunks_left_out, 2U);
  EXPECT_THAT(server.requests().back().body, Not(HasSubstr("10.00 for tea")));
  EXPECT_THAT(server.requests().back().body, HasSubstr("30.00 for rice"));
  EXPECT_THAT(summary_text(summary->results), HasSubstr("did not fit the context"));
}

TEST_F(EvaluateTest, FailuresAreStatusesInTheDenominatorAndNeverRight) {
  FakeEndpoint server(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    const json::Value plan = plan_of(request);
    const std::string question(*plan.find("question")->as_string());
    if (question.starts_with("What did")) return complete("Answer: 60.00", "length");
    if (question.starts_with("What was")) return complete("");
    if (question.starts_with("And")) return respond(400, R"({"error":{"message":"no such thing"}})");
    return complete("Dining");
  }));
  options_.base_url = server.url() + "/v1";
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.asked, 4U);
  EXPECT_EQ(summary->results.all.answered, 1U);
  EXPECT_EQ(summary->results.all.correct, 1U);
  EXPECT_EQ(rows().at("late").score.status, AnswerStatus::truncated);
  EXPECT_EQ(rows().at("early").score.status, AnswerStatus::empty);
  EXPECT_EQ(rows().at("middle").score.status, AnswerStatus::error);
  EXPECT_THAT(rows().at("middle").fault, HasSubstr("no such thing"));
}

TEST_F(EvaluateTest, StartedAgainItAsksWhatIsMissingAndWhatFailed) {
  bool failing = true;
  FakeEndpoint server(openai_script([&](const FakeRequest& request) -> std::optional<Answer> {
    if (failing && request.body.contains("And the day after")) return respond(400, "{}");
    return complete("Answer: 30.00");
  }));
  options_.base_url = server.url() + "/v1";
  ASSERT_TRUE(run());
  EXPECT_EQ(server.counts().requests, 4U);
  failing = false;
  const auto again = run();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(server.counts().requests, 5U);
  EXPECT_EQ(again->kept_rows, 3U);
  EXPECT_EQ(rows().at("middle").score.correct, true);
  ASSERT_TRUE(run());
  EXPECT_EQ(server.counts().requests, 5U);
}

TEST_F(EvaluateTest, ABudgetEndsItAndALargerOneGoesOn) {
  FakeEndpoint server(answering("Answer: 30.00"));
  options_.base_url = server.url() + "/v1";
  options_.llm_concurrency = 1;
  options_.budget.requests = 2;
  const auto stopped = run();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::budget);
  EXPECT_EQ(rows().size(), 2U) << "what was answered stands there already";
  options_.budget.requests = 4;
  const auto done = run();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(server.counts().requests, 4U);
  EXPECT_EQ(rows().size(), 4U);
}

/// A row that a crash cut in two is asked again, out of the journal.
TEST_F(EvaluateTest, ATornRowIsMadeAgainWithoutACall) {
  FakeEndpoint server(answering("Answer: 30.00"));
  options_.base_url = server.url() + "/v1";
  ASSERT_TRUE(run());
  const std::string whole = read("r.jsonl");
  write("r.jsonl", whole.substr(0, whole.size() - 20));
  ASSERT_TRUE(run());
  EXPECT_EQ(server.counts().requests, 4U);
  EXPECT_EQ(read("r.jsonl"), whole);
}

TEST_F(EvaluateTest, ResultsOfAnotherRunAreNeitherMixedNorDeleted) {
  options_.agent = "key";
  ASSERT_TRUE(run());
  const std::string before = read("r.jsonl");
  options_.agent = "zero";
  const auto other = run();
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::usage);
  EXPECT_THAT(other.error().message, HasSubstr("--fresh"));
  EXPECT_EQ(read("r.jsonl"), before);
  options_.fresh = true;
  ASSERT_TRUE(run());
  EXPECT_EQ(read("r.jsonl.old"), before);
}

TEST_F(EvaluateTest, RescoringTakesTheStoredAnswers) {
  FakeEndpoint server(answering("Answer: 30.00"));
  options_.base_url = server.url() + "/v1";
  ASSERT_TRUE(run());
  std::string text = read("r.jsonl");
  const std::string whole = text;
  for (std::size_t at = 0; (at = text.find("\"correct\":true", at)) != std::string::npos;)
    text.replace(at, 14, "\"correct\":false");
  write("r.jsonl", text);
  const auto summary = rescore_run(options_.out, options_.out, options_.data, default_catalogue(), files_);
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.correct, 1U);
  EXPECT_EQ(read("r.jsonl"), whole);
  EXPECT_EQ(server.counts().requests, 4U);
  write("other.json",
        R"({"task_id": "other", "questions": [{"qid": "x", "query": "?", "answer": "1.00", "position": 0,
    "category": "c"}], "chunks": ["[2024-01-01] User said, \"1.00\""], "metadata": {}})");
  const auto wrong =
      rescore_run(options_.out, options_.out, {path("other.json")}, default_catalogue(), files_);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr("is not in the data"));
  EXPECT_EQ(read("r.jsonl"), whole);
}

TEST_F(EvaluateTest, AnAgentFromOutsideReadsEachChunkOnceAndInOrder) {
  write("agent.sh", R"(while read -r line; do echo "$line" >> messages; echo '{"answer": "30.00"}'; done)");
  options_.agent = fmt::format("process:cd {} && sh agent.sh", folder_.path().string());
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.correct, 1U);
  std::istringstream messages(read("messages"));
  std::vector<std::string> ops;
  for (std::string line; std::getline(messages, line);) {
    const auto message = json::parse(line);
    ASSERT_TRUE(message) << line;
    std::string op(*message->find("op")->as_string());
    if (const json::Value* index = message->find("index")) op += " " + std::string(*index->as_number());
    if (const json::Value* qid = message->find("qid")) op += " " + std::string(*qid->as_string());
    ops.push_back(op);
  }
  EXPECT_THAT(ops, ElementsAre("reset", "add 0", "ask early", "add 1", "ask middle", "add 2", "ask late",
                               "ask scene"));
}

TEST_F(EvaluateTest, WhatWasRetrievedIsHeldAgainstTheEvidence) {
  write("agent.sh", R"(while read -r line; do
case "$line" in
*'"qid":"both"'*) echo '{"answer": "30.00", "retrieved": [0, 1, 2]}' ;;
*'"qid":"half"'*) echo '{"answer": "10.00", "retrieved": [1, 2]}' ;;
*'"qid":"silent"'*) echo '{"answer": "30.00"}' ;;
*'"qid":"ahead"'*) echo '{"answer": "10.00", "retrieved": [1]}' ;;
*) echo '{}' ;; esac; done)");
  write("e.json", R"({"task_id": "e", "questions": [
 {"qid": "both", "query": "q", "answer": "30.00", "position": 2, "category": "c", "evidence": [0, 1]},
 {"qid": "half", "query": "q", "answer": "30.00", "position": 2, "category": "c", "evidence": [0, 1]},
 {"qid": "silent", "query": "q", "answer": "30.00", "position": 2, "category": "c", "evidence": [0, 1]},
 {"qid": "ahead", "query": "q", "answer": "10.00", "position": 0, "category": "c", "evidence": [0]}],
 "chunks": ["[2024-01-01] User said, \"10.00\"", "[2024-01-02] User said, \"20.00\"", "[2024-01-03] User said, \"Hi.\""],
 "metadata": {"transaction_events": [
  {"session_index": 0, "date": "2024-01-01", "scene": "Dining", "subscene": "breakfast", "amount": 10.00, "description": "tea"},
  {"session_index": 1, "date": "2024-01-02", "scene": "Dining", "subscene": "breakfast", "amount": 20.00, "description": "tea"}]}})");
  options_.data = {path("e.json")};
  options_.agent = fmt::format("process:cd {} && sh agent.sh", folder_.path().string());
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(rows().at("both").evidence_recall, 1.0);
  EXPECT_THAT(rows().at("half").retrieved.value(), ElementsAre(1U, 2U));
  EXPECT_EQ(rows().at("half").evidence_recall, 0.5);
  EXPECT_EQ(rows().at("silent").evidence_recall, std::nullopt);
  EXPECT_EQ(rows().at("ahead").score.status, AnswerStatus::error);
  EXPECT_THAT(rows().at("ahead").fault, HasSubstr("\"retrieved\" is no array of indices of chunks, 0 to 0"));
  EXPECT_EQ(summary->results.retrievals, 2U);
  EXPECT_THAT(read("r.summary.json"), HasSubstr("\"evidence_recall\": 0.750000"));
}

TEST_F(EvaluateTest, AnAgentThatDiesIsAnErrorForItsRecordAndStartedAnewForTheNext) {
  write(
      "two.jsonl",
      R"({"task_id": "a", "questions": [{"qid": "q", "query": "die", "answer": "1.00", "position": 0, "category": "c"}], "chunks": ["x"], "metadata": {}}
{"task_id": "b", "questions": [{"qid": "q", "query": "live", "answer": "1.00", "position": 0, "category": "c"}], "chunks": ["x"], "metadata": {}}
)");
  write("agent.sh", R"(while read -r line; do
case "$line" in *die*) exit 7 ;; *) echo '{"answer": "1.00"}' ;; esac; done)");
  options_.data = {path("two.jsonl")};
  options_.agent = fmt::format("process:cd {} && sh agent.sh", folder_.path().string());
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.correct, 1U);
  EXPECT_THAT(read("r.jsonl"), HasSubstr("the agent ended with exit code 7"));
}

/// A process that is started anew has read nothing: it must not answer for the one that had.
TEST_F(EvaluateTest, AnAgentThatDiesAtAQuestionAnswersNoLaterOneOfItsRecord) {
  write("agent.sh", R"(while read -r line; do
case "$line" in *'"qid":"middle"'*) exit 7 ;; *) echo '{"answer": "10.00"}' ;; esac; done)");
  options_.agent = fmt::format("process:cd {} && sh agent.sh", folder_.path().string());
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(rows().at("early").score.status, AnswerStatus::ok);
  for (const char* qid : {"middle", "late", "scene"})
    EXPECT_EQ(rows().at(qid).score.status, AnswerStatus::error) << qid;
}

TEST_F(EvaluateTest, AnAgentThatIsTooSlowIsAnError) {
  options_.agent = "process:sleep 60";
  options_.agent_timeout = std::chrono::milliseconds(50);
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.statuses[static_cast<std::size_t>(AnswerStatus::error)], 4U);
  EXPECT_THAT(read("r.jsonl"), HasSubstr("--agent_timeout"));
}

TEST_F(EvaluateTest, AnAgentBehindAUrlGetsTheSameMessages) {
  FakeEndpoint agent([](const FakeRequest& request) {
    return respond(200, request.body.contains("\"op\":\"ask\"") ? R"({"answer": "30.00"})" : "{}");
  });
  options_.agent = agent.url() + "/memory";
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.correct, 1U);
  EXPECT_EQ(agent.counts().requests, 8U);
  EXPECT_EQ(agent.requests().at(0).target, "/memory");
}

/// An extraction that finds every transaction computes every answer.
TEST_F(EvaluateTest, ExtractComputesItsAnswersFromWhatItFound) {
  GenerateOptions made;
  made.model = "builtin";
  made.out = path("made.jsonl");
  made.plan.num_sessions = 4;
  made.num_questions = 10;
  made.seed = 5;
  ASSERT_TRUE(generate(made, default_catalogue(), files_, progress_));
  const auto data = json::parse(read("made.jsonl"));
  ASSERT_TRUE(data);
  std::map<std::string, std::string> transactions;  // by chunk
  for (const json::Value& event : *data->find("metadata")->find("transaction_events")->as_array()) {
    std::string& list = transactions[std::string(*event.find("session_index")->as_number())];
    list += (list.empty() ? "" : ", ") + json::write(event);
  }
  FakeEndpoint server(openai_script([&](const FakeRequest& request) -> std::optional<Answer> {
    const json::Value plan = plan_of(request);
    return complete("{\"transactions\": [" + transactions[std::string(*plan.find("chunk")->as_number())] +
                    "]}");
  }));
  options_.data = {made.out};
  options_.base_url = server.url() + "/v1";
  options_.agent = "extract";
  const auto summary = run();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->results.all.asked, 10U);
  EXPECT_EQ(summary->results.all.correct, 10U) << read("r.jsonl");
  EXPECT_EQ(server.counts().requests, 4U);
}

TEST_F(EvaluateTest, NotesAreRewrittenChunkByChunkAndAnswerTheQuestions) {
  FakeEndpoint server(openai_script());
  options_.base_url = server.url() + "/v1";
  options_.agent = "recurrent";
  ASSERT_TRUE(run());
  EXPECT_EQ(server.counts().requests, 3U + 4U);
  for (const FakeRequest& request : server.requests()) {
    const json::Value plan = plan_of(request);
    if (*plan.find("task")->as_string() == "notes") {
      EXPECT_EQ(plan.find("question"), nullptr) << "it does not know the questions";
    } else {
      EXPECT_THAT(request.body, HasSubstr("Notes up to conversation"));
      EXPECT_THAT(request.body, Not(HasSubstr("for tea")));
    }
  }
  options_.agent = "recurrent_aware";
  options_.out = path("aware.jsonl");
  ASSERT_TRUE(run());
  EXPECT_EQ(server.counts().requests, 7U + (3 + 1 + 2 + 3) + 4U) << "each question reads anew";
}

TEST_F(EvaluateTest, ASampleKeepsTheSharesOfTheCategoriesAndIsTheSameForASeed) {
  options_.agent = "key";
  options_.sample = 2;
  ASSERT_TRUE(run());
  const auto first = rows();
  EXPECT_EQ(first.size(), 2U);
  EXPECT_TRUE(first.contains("early") || first.contains("late"));
  const std::string text = read("r.jsonl");
  options_.fresh = true;
  ASSERT_TRUE(run());
  EXPECT_EQ(read("r.jsonl"), text);
}

struct WrongUse {
  std::function<void(EvaluateOptions&)> change;
  std::string says;
};

TEST_F(EvaluateTest, WrongUseIsNamedWithTheCure) {
  write("torn.jsonl", "{\"task_id\": ");
  write("none.json", R"({"task_id": "n", "questions": [], "chunks": [], "metadata": {}})");
  write("far.json",
        R"({"task_id": "n", "questions": [{"qid": "q", "query": "?", "answer": "1.00", "position": 3}],
    "chunks": ["x"], "metadata": {}})");
  const std::vector<WrongUse> uses = {
      {[](EvaluateOptions& o) { o.agent = "ful"; }, "did you mean full?"},
      {[](EvaluateOptions& o) { o.agent = "process:"; }, "names no command"},
      {[](EvaluateOptions& o) { o.model = "builtin"; }, "builtin is none"},
      {[](EvaluateOptions& o) { o.out = "x.json"; }, ".jsonl"},
      {[&](EvaluateOptions& o) { o.data = {path("torn.jsonl")}; }, "torn.jsonl"},
      {[&](EvaluateOptions& o) { o.data = {path("none.json")}; }, "there is no question"},
      {[&](EvaluateOptions& o) { o.data = {path("far.json")}; }, "questions[0]: it has no position"},
      {[&](EvaluateOptions& o) { o.data = {path("hand.json"), path("hand.json")}; }, "stands there twice"},
      {[&](EvaluateOptions& o) { o.data = {path("missing.json")}; }, "missing.json"},
  };
  for (const WrongUse& use : uses) {
    SCOPED_TRACE(use.says);
    EvaluateOptions options = options_;
    use.change(options);
    const auto refused = evaluate(options, default_catalogue(), files_, progress_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    EXPECT_THAT(refused.error().message, HasSubstr(use.says));
    EXPECT_EQ(read("r.jsonl"), "");
  }
}

}  // namespace
}  // namespace synthv1::test
