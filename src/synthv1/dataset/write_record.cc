// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/write_record.h"

#include "synthv1/base/json_write.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace synthv1 {

namespace {

/// The digits of each number below 1,000, to the left, and how many they are.
constexpr auto kSmallNumbers = [] {
  std::array<std::array<char, 4>, 1000> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char digits[] = {static_cast<char>('0' + i / 100), static_cast<char>('0' + i / 10 % 10),
                           static_cast<char>('0' + i % 10)};
    const std::size_t count = i >= 100 ? 3 : i >= 10 ? 2 : 1;
    std::copy(digits + 3 - count, digits + 3, table[i].begin());
    table[i][3] = static_cast<char>(count);
  }
  return table;
}();

/// Writes a number to `at`, which has room for its digits up to `end`; returns the place behind it.
char* write_number(char* at, char* end, std::uint64_t value) {
  if (value >= kSmallNumbers.size()) return std::to_chars(at, end, value).ptr;
  const auto& digits = kSmallNumbers[value];
  std::memcpy(at, digits.data(), digits.size());
  return at + digits[3];
}

/// Writes a record into a string, straight: the fields are fixed, so that no general writer's bookkeeping is
/// needed.
class RecordWriter {
 public:
  RecordWriter(std::string& out, const Catalogue& catalogue, RecordStyle style)
      : out_(out), catalogue_(catalogue), lines_(style == RecordStyle::lines) {}

  void write(const Record& record, const Provenance& provenance) {
    id_ = record.id;
    raw("{");
    line(1);
    raw("\"task_id\": \"consumption_tracking_").raw(record.id).raw("\",");
    line(1);
    list("questions", record.questions, 2, [&](std::size_t i) { question(record.questions[i], i); });
    raw(",");
    line(1);
    list("chunks", record.chunks, 2, [&](std::size_t i) { json::append_string(out_, record.chunks[i]); });
    raw(",");
    line(1);
    metadata(record, provenance);
    line(0);
    raw("}");
  }

 private:
  RecordWriter& raw(std::string_view text) {
    out_.append(text);
    return *this;
  }
  RecordWriter& quoted(std::string_view text) {
    json::append_string(out_, text);
    return *this;
  }
  RecordWriter& number(std::uint64_t value) {
    char digits[24];
    out_.append(digits, write_number(digits, digits + sizeof digits, value));
    return *this;
  }
  RecordWriter& date(Date value) {
    out_.push_back('"');
    append_date(out_, value);
    out_.push_back('"');
    return *this;
  }

  void line(std::size_t depth) {
    if (!lines_) {
      if (out_.ends_with(',')) out_.push_back(' ');
      return;
    }
    out_.push_back('\n');
    out_.append(2 * depth, ' ');
  }

  /// `"name": [...]`, an element a line at that depth; `element(i)` writes element i.
  template <class Items, class Element>
  void list(std::string_view name, const Items& items, std::size_t depth, const Element& element) {
    quoted(name).raw(": [");
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_.push_back(',');
      line(depth);
      element(i);
    }
    if (!items.empty()) line(depth - 1);
    raw("]");
  }

  void question(const Question& question, std::size_t index) {
    raw("{\"qid\": \"synth_").raw(id_).raw("_").number(index);
    raw("\", \"query\": ").quoted(question.query);
    raw(", \"answer\": ").quoted(question.answer);
    raw(", \"position\": ").number(question.position);
    raw(", \"category\": ").quoted(question.category);
    if (!question.template_query.empty()) raw(", \"template\": ").quoted(question.template_query);
    raw(", \"spec\": ");
    spec(question.spec);
    raw(", \"evidence\": [");
    indexes(question.evidence);
    raw("]}");
  }

  /// "3, 17, 204", in one piece: a record holds thousands of them.
  void indexes(const std::vector<std::uint32_t>& values) {
    constexpr std::size_t kMost = sizeof "4294967295, " - 1;
    const std::size_t before = out_.size();
    out_.resize_and_overwrite(before + kMost * values.size(), [&](char* text, std::size_t size) {
      char* at = text + before;
      for (const std::uint32_t value : values) {
        if (at != text + before) *at++ = ',', *at++ = ' ';
        at = write_number(at, text + size, value);
      }
      return static_cast<std::size_t>(at - text);
    });
  }

  void spec(const QuestionSpec& spec) {
    raw("{\"select\": \"").raw(kSelectNames[static_cast<std::size_t>(spec.select)]).raw("\"");
    if (spec.select == Select::argmax) {
      raw(", \"by\": \"").raw(kGroupByNames[static_cast<std::size_t>(spec.by)]);
      raw("\", \"of\": \"").raw(kMeasureNames[static_cast<std::size_t>(spec.of)]).raw("\"");
    }
    if (spec.range) {
      raw(", \"range\": {\"start\": ")
          .date(spec.range->first)
          .raw(", \"end\": ")
          .date(spec.range->last)
          .raw("}");
    }
    if (spec.date) raw(", \"date\": ").date(*spec.date);
    if (!spec.scenes.empty()) {
      raw(", ");
      list_on_line("scenes", spec.scenes, [&](SceneId scene) { quoted(catalogue_.scene(scene).name); });
    }
    if (!spec.subscenes.empty()) {
      raw(", ");
      list_on_line("subscenes", spec.subscenes, [&](PairId pair) { pair_names(pair); });
    }
    raw("}");
  }

  template <class Items, class Element>
  void list_on_line(std::string_view name, const Items& items, const Element& element) {
    quoted(name).raw(": [");
    bool first = true;
    for (const auto& item : items) {
      if (!first) raw(", ");
      first = false;
      element(item);
    }
    raw("]");
  }

  void pair_names(PairId pair) {
    raw("[").quoted(catalogue_.scene_of(pair).name).raw(", ").quoted(catalogue_.pair(pair).name).raw("]");
  }

  void metadata(const Record& record, const Provenance& provenance) {
    raw("\"metadata\": {");
    line(2);
    raw("\"num_sessions\": ").number(record.chunks.size()).raw(", \"num_turns\": ").number(record.num_turns);
    raw(", \"num_transactions\": ").number(record.transactions.size()).raw(",");
    line(2);
    raw("\"date_range\": {\"start\": ").date(record.dates.front());
    raw(", \"end\": ").date(record.dates.back()).raw("},");
    line(2);
    list_on_line("scenes", catalogue_.scenes, [&](const Scene& scene) { quoted(scene.name); });
    raw(",");
    line(2);
    raw("\"total_amount\": ");
    append_json_number(out_, record.total());
    raw(",");
    line(2);
    list("transaction_events", record.transactions, 3,
         [&](std::size_t i) { transaction(record.transactions[i]); });
    raw(",");
    line(2);
    source(record, provenance);
    line(1);
    raw("}");
  }

  void transaction(const Transaction& transaction) {
    raw("{\"date\": ").date(transaction.date);
    raw(", \"scene\": ").quoted(catalogue_.scene_of(transaction.pair).name);
    raw(", \"subscene\": ").quoted(catalogue_.pair(transaction.pair).name);
    raw(", \"amount\": ");
    append_json_number(out_, transaction.amount);
    raw(", \"description\": ").quoted(transaction.description);
    raw(", \"session_index\": ").number(transaction.session_index);
    raw(", \"turn\": ").number(transaction.turn).raw("}");
  }

  void source(const Record& record, const Provenance& provenance) {
    raw("\"language\": \"").raw(kLanguageNames[static_cast<std::size_t>(provenance.language)]);
    raw("\", \"seed\": ").number(provenance.seed).raw(", \"model\": ").quoted(provenance.model);
    raw(", \"version\": ").quoted(provenance.version).raw(",");
    line(2);
    list_on_line("imperfections", record.imperfections, [&](const std::string& text) { quoted(text); });
    if (catalogue_.hash.empty()) return;
    raw(",");
    line(2);
    raw("\"catalogue\": {\"hash\": ").quoted(catalogue_.hash).raw(", ");
    std::size_t next = 0;
    list_on_line("pairs", catalogue_.pairs, [&](const Pair&) { pair_names(static_cast<PairId>(next++)); });
    raw(", ");
    list_on_line("chinese", catalogue_.scenes, [&](const Scene& scene) { quoted(scene.chinese); });
    raw("}");
  }

  std::string& out_;
  const Catalogue& catalogue_;
  bool lines_;
  std::string_view id_;
};

}  // namespace

void append_record(std::string& out, const Record& record, const Provenance& provenance,
                   const Catalogue& catalogue, RecordStyle style) {
  RecordWriter(out, catalogue, style).write(record, provenance);
}

}  // namespace synthv1
