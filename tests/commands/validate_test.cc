// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/validate.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/commands/generate.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace synthv1 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Files in memory, read in pieces of a few bytes.
class TextFiles : public Files {
 public:
  std::map<std::string, std::string> texts;
  std::size_t piece = 1000;

  Result<std::unique_ptr<InputFile>> open_input(const std::string& path) override {
    const auto found = texts.find(path);
    if (found == texts.end()) return fail(ErrorKind::usage, "no file " + path);
    return std::make_unique<Input>(found->second, piece);
  }
  Result<std::unique_ptr<OutputFile>> open_output(const std::string&) override {
    return fail(ErrorKind::disk, "");
  }
  Result<std::unique_ptr<AppendFile>> open_append(const std::string&) override {
    return fail(ErrorKind::disk, "");
  }
  Result<void> replace(const std::string&, std::string_view) override { return {}; }
  Result<void> check_writable(const std::string&) override { return {}; }
  Result<void> remove(const std::string&) override { return {}; }

 private:
  class Input : public InputFile {
   public:
    Input(std::string_view text, std::size_t piece) : rest_(text), piece_(piece) {}
    Result<std::size_t> read(std::span<char> buffer) override {
      const std::size_t size = std::min({buffer.size(), piece_, rest_.size()});
      std::memcpy(buffer.data(), rest_.data(), size);
      rest_.remove_prefix(size);
      return size;
    }

   private:
    std::string_view rest_;
    std::size_t piece_;
  };
};

/// Keeps the lines that the command line would print.
class Lines : public ValidateListener {
 public:
  void fault(const RecordPlace& place, const Fault& fault) override {
    faults.push_back(describe(place, fault));
  }
  void note(const RecordPlace& place, const std::string& text) override {
    notes.push_back(place.file + ": " + std::to_string(place.index) + ": " + text);
  }
  std::vector<std::string> faults, notes;
};

/// One record a line, as the embedded writer makes them.
const std::vector<std::string>& records() {
  static const std::vector<std::string> lines = [] {
    const std::string path = testing::TempDir() + "/validate_test_" + std::to_string(::getpid()) + ".jsonl";
    GenerateOptions options;
    options.model = "builtin";
    options.out = path;
    options.plan.num_sessions = 3;
    options.plan.min_turns = 5;
    options.plan.max_turns = 10;
    options.plan.min_scenes = 1;
    options.plan.max_scenes = 3;
    options.num_questions = 10;
    options.num_records = 3;
    DiskFiles files;
    SilentProgress progress;
    check(generate(options, default_catalogue(), files, progress).has_value(), "the records are generated");
    std::vector<std::string> read;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) read.push_back(line);
    std::filesystem::remove(path);
    return read;
  }();
  return lines;
}

/// A record with one thing changed: `to` for the first `from`.
std::string with(std::string record, std::string_view from, std::string_view to) {
  const std::size_t at = record.find(from);
  check(at != std::string::npos, "the record holds what is to be changed");
  return record.replace(at, from.size(), to);
}

class ValidateFiles : public testing::Test {
 protected:
  Result<ValidateSummary> run(std::vector<std::string> paths, const ValidateOptions& options = {}) {
    return validate(paths, default_catalogue(), files_, lines_, options);
  }
  Result<ValidateSummary> run_text(std::string text) {
    files_.texts["f"] = std::move(text);
    return run({"f"});
  }

  TextFiles files_;
  Lines lines_;
};

TEST_F(ValidateFiles, ReadsEveryLayout) {
  const std::string &a = records()[0], &b = records()[1], &c = records()[2];
  const std::string pretty = json::write(json::parse(a).value(), json::Writer::Style::pretty);
  const std::pair<std::string, std::uint64_t> layouts[] = {{a, 1},
                                                           {pretty, 1},
                                                           {"[" + a + "]", 1},
                                                           {"[\n" + a + ",\n" + b + ",\n" + c + "\n]\n", 3},
                                                           {a + "\n" + b, 2},
                                                           {a + "\n\n" + b + "\n", 2}};
  for (const std::size_t piece : {std::size_t{7}, std::size_t{1} << 20}) {
    files_.piece = piece;
    for (const auto& [text, count] : layouts) {
      const ValidateSummary summary = run_text(text).value();
      EXPECT_EQ(summary.counts.records, count);
      EXPECT_EQ(summary.counts.questions, 10 * count);
      EXPECT_EQ(summary.bytes, text.size());
      EXPECT_TRUE(summary.good());
    }
  }
  EXPECT_THAT(lines_.faults, IsEmpty());
}

TEST_F(ValidateFiles, TellsFileRecordFieldAndReason) {
  const std::string bad = with(records()[1], "\"num_turns\": ", "\"num_turns\": 9");
  const ValidateSummary summary = run_text(records()[0] + "\n" + bad + "\n").value();
  EXPECT_FALSE(summary.good());
  EXPECT_EQ(summary.num_faults(), 1u);
  EXPECT_EQ(summary.faults[static_cast<std::size_t>(FaultKind::count)], 1u);
  ASSERT_THAT(lines_.faults, SizeIs(1));
  EXPECT_THAT(lines_.faults[0], testing::StartsWith("f: record 1 (consumption_tracking_"));
  EXPECT_THAT(lines_.faults[0], HasSubstr("): metadata.num_turns: 9"));
}

TEST_F(ValidateFiles, TellsAtMostSoManyOfAKind) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "{\"task_id\": \"" + std::to_string(i) + "\"}\n";
  const ValidateSummary summary = run_text(text + records()[0]).value();
  EXPECT_EQ(summary.faults[static_cast<std::size_t>(FaultKind::not_a_record)], 30u);
  EXPECT_THAT(lines_.faults, SizeIs(20));
  lines_.faults.clear();
  EXPECT_EQ(run({"f"}, {.faults_per_kind = 3})->num_faults(), 30u);
  EXPECT_THAT(lines_.faults, SizeIs(3));
}

TEST_F(ValidateFiles, RefusesATaskIdTwiceOverFiles) {
  files_.texts = {{"a", records()[0]}, {"b", records()[1] + "\n" + records()[0]}};
  const ValidateSummary summary = run({"a", "b"}).value();
  EXPECT_EQ(summary.files, 2u);
  EXPECT_EQ(summary.counts.records, 3u);
  ASSERT_THAT(lines_.faults, SizeIs(1));
  EXPECT_THAT(lines_.faults[0], HasSubstr("b: record 1 ("));
  EXPECT_THAT(lines_.faults[0], HasSubstr("task_id: the task_id of a, record 0"));
}

TEST_F(ValidateFiles, TellsTheSameWithAnyNumberOfThreads) {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    std::string record =
        with(records()[i % 3], "consumption_tracking_", "consumption_tracking_" + std::to_string(i));
    if (i % 7 == 3) record = with(std::move(record), "\"num_turns\": ", "\"num_turns\": 9");
    text += record + "\n";
  }
  files_.texts["f"] = text;
  const ValidateSummary alone = run({"f"}, {.threads = 1}).value();
  const std::vector<std::string> faults = std::exchange(lines_.faults, {});
  ASSERT_FALSE(faults.empty());
  for (const std::uint32_t threads : {2u, 5u}) {
    const ValidateSummary together = run({"f"}, {.threads = threads}).value();
    EXPECT_EQ(together.faults, alone.faults);
    EXPECT_EQ(together.counts.turns, alone.counts.turns);
    EXPECT_EQ(std::exchange(lines_.faults, {}), faults);
  }
}

TEST_F(ValidateFiles, TellsWhatComesBeforeAPlaceThatIsNotJson) {
  const std::string bad = with(records()[1], "\"num_turns\": ", "\"num_turns\": 9");
  EXPECT_FALSE(run_text(bad + "\n{\n").has_value());
  EXPECT_THAT(lines_.faults, SizeIs(1));
}

TEST_F(ValidateFiles, NotesAreNoFaults) {
  const ValidateSummary summary =
      run_text(with(records()[0], "\"imperfections\": [", "\"imperfections\": [\"session 0: turn_count\""))
          .value();
  EXPECT_TRUE(summary.good());
  EXPECT_EQ(summary.notes, 1u);
  EXPECT_THAT(lines_.notes, ElementsAre("f: 0: session 0: turn_count"));
}

TEST_F(ValidateFiles, SaysWhereAFileIsNotJson) {
  const auto message = [this](std::string text) {
    const auto summary = run_text(std::move(text));
    EXPECT_EQ(summary.error().kind, ErrorKind::usage);
    return summary.error().message;
  };
  EXPECT_THAT(message("{\n  \"task_id\": x}"), HasSubstr("f: line 2, column 14: "));
  EXPECT_THAT(message(records()[0] + "\n{\"a\": 1,}\n"), HasSubstr("f: line 2, column 9: "));
  EXPECT_THAT(message("[" + records()[0] + ",\n"), HasSubstr("f: line 2, column 1: "));
  EXPECT_THAT(message(records()[0].substr(0, 1000)), HasSubstr("f: line 1, column "));
  EXPECT_THAT(message(""), HasSubstr("f: line 1, column 1: "));
  EXPECT_THAT(message("\xff"), HasSubstr("f: line 1, column 1: "));
  EXPECT_THAT(message("{\"a\": 1, \"a\": 2}"), HasSubstr("twice"));
}

TEST_F(ValidateFiles, RefusesFilesWithoutARecord) {
  for (const char* text :
       {"1", "[]", "{}", "[1, 2]", "null\n\"x\"\n", R"({"task_id": 1, "questions": 2, "chunks": 3})"}) {
    const auto summary = run_text(text);
    ASSERT_FALSE(summary) << text;
    EXPECT_EQ(summary.error().kind, ErrorKind::usage);
    EXPECT_THAT(summary.error().message, HasSubstr("f: no record in it"));
  }
}

TEST_F(ValidateFiles, AnElementThatIsNoRecordIsAFaultBesideOthers) {
  const ValidateSummary summary = run_text("[7, " + records()[0] + "]").value();
  EXPECT_EQ(summary.num_faults(), 1u);
  EXPECT_THAT(lines_.faults[0], HasSubstr("f: record 0: no object with task_id"));
}

TEST_F(ValidateFiles, AMissingFileIsAnError) {
  EXPECT_EQ(run({"nowhere"}).error().message, "no file nowhere");
}

TEST_F(ValidateFiles, StopsWhenTold) {
  files_.texts["f"] = records()[0];
  std::stop_source stop;
  stop.request_stop();
  const std::vector<std::string> paths = {"f"};
  EXPECT_EQ(validate(paths, default_catalogue(), files_, lines_, {}, stop.get_token()).error().kind,
            ErrorKind::stopped);
}

}  // namespace
}  // namespace synthv1
