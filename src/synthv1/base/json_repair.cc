// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_repair.h"

#include "synthv1/base/json_loose.h"
#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace synthv1::json {
namespace {

constexpr std::array kKinds = {
    RepairKind{"byte_order_mark", false, "a byte order mark before the document is dropped"},
    RepairKind{"think_block", false, "reasoning that stands before the answer is dropped"},
    RepairKind{"code_fence", false, "a Markdown fence around the document is dropped"},
    RepairKind{"prose", false, "text before or after the only document is dropped"},
    RepairKind{"repeated_document", false, "the same document again is dropped"},
    RepairKind{"double_encoded", false, "a string that holds the document is unwrapped"},
    RepairKind{"escaped_document", false, "a document whose quotes are escaped is unescaped"},
    RepairKind{"special_space", false, "no-break, zero-width or ideographic space between tokens is dropped"},
    RepairKind{"full_width_punctuation", false, "a full-width comma or colon is taken for a plain one"},
    RepairKind{"comment", false, "a comment is dropped"},
    RepairKind{"trailing_comma", false, "a comma before a closing bracket is dropped"},
    RepairKind{"single_quotes", false, "single quotes around a string become double ones"},
    RepairKind{"smart_quotes", false, "typographic quotes or backticks around a string become plain ones"},
    RepairKind{"unquoted_key", false, "a key without quotes is given them"},
    RepairKind{"python_literal", false, "True, False and None, in any case, become true, false and null"},
    RepairKind{"raw_control_character", false,
               "a line end or other control character in a string is escaped"},
    RepairKind{"needless_escape", false, "an escaped single quote loses its backslash"},
    RepairKind{"number_form", false, "a number written +5, .5 or 5. is written as JSON does"},
    RepairKind{"truncated", true, "the text ends early: what is incomplete is dropped, the rest closed"},
    RepairKind{"several_documents", true, "the last of several documents is taken"},
    RepairKind{"joined_documents", true,
               "three or more documents, one a line, or a list without its brackets, "
               "become an array"},
    RepairKind{"missing_comma", true, "a comma is put between two values"},
    RepairKind{"missing_colon", true, "a colon is put between a key and its value"},
    RepairKind{"missing_value", true, "a key without a value is dropped"},
    RepairKind{"missing_bracket", true, "an array or object is closed where one around it ends"},
    RepairKind{"missing_quote", true, "a string is closed before the next key"},
    RepairKind{"unescaped_quote", true, "a quote inside a string is taken for text"},
    RepairKind{"unquoted_string", true, "words without quotes become a string"},
    RepairKind{"extra_comma", true, "a comma with nothing before it is dropped"},
    RepairKind{"extra_bracket", true, "a closing bracket that closes nothing is dropped"},
    RepairKind{"stray_text", true, "text that belongs to no value is dropped"},
    RepairKind{"ellipsis", true, "an ellipsis is dropped"},
    RepairKind{"string_concatenation", true, "strings added by + become one"},
    RepairKind{"thousands_comma", true, "commas between the thousands of a number are dropped"},
    RepairKind{"leading_zeros", true, "zeros before a number are dropped"},
    RepairKind{"number_range", true, "a number with an exponent beyond all bounds becomes null"},
    RepairKind{"not_a_number", true, "NaN, Infinity and undefined become null"},
    RepairKind{"invalid_escape", true, "a backslash that begins no escape is taken for text"},
    RepairKind{"lone_surrogate", true, "half of a surrogate pair becomes U+FFFD"},
    RepairKind{"invalid_utf8", true, "invalid UTF-8 becomes U+FFFD"},
    RepairKind{"duplicate_key", true, "of members with the same key the last is taken"},
};
static_assert(kKinds.size() == static_cast<std::size_t>(Fix::duplicate_key) + 1);

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kThink = "<think>";
constexpr std::string_view kThinkEnd = "</think>";
constexpr std::string_view kFence = "```";
constexpr int kMaxWrappings = 3;
constexpr std::size_t kMinJoinedLines = 3;

std::unexpected<Error> unusable(std::string message) { return fail(ErrorKind::faulty, std::move(message)); }

/// Without the space that JSON knows at its ends.
std::string_view trim_json(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

/// Whether `text` says something beside Markdown fences ("```json").
bool has_words(std::string_view text) {
  for (std::size_t fence = text.find(kFence); fence != std::string_view::npos; fence = text.find(kFence)) {
    if (!trim_json(text.substr(0, fence)).empty()) return true;
    text.remove_prefix(fence + kFence.size());
    while (!text.empty() && !is_space(text.front()) && text.front() != '`') text.remove_prefix(1);
  }
  return !trim_json(text).empty();
}

/// How good a document is as the answer; the best wins, the last of equals.
enum class Rank { unusable, whole_empty, cut_array, cut_object, whole_array, whole_object };

Rank rank_of(const LooseDocument& document) {
  const Value::Array* elements = document.value.as_array();
  const bool empty = elements ? elements->empty() : document.value.as_object()->empty();
  if (document.end == LooseDocument::End::whole) {
    if (empty) return Rank::whole_empty;
    return elements ? Rank::whole_array : Rank::whole_object;
  }
  if (empty) return Rank::unusable;
  return elements ? Rank::cut_array : Rank::cut_object;
}

/// `\"` and the like made plain, for a document that was escaped as a whole. \u escapes are left to its
/// parser.
std::string unescaped(std::string_view text) {
  static constexpr std::string_view kLetters = "\"\\/nrt";
  static constexpr std::string_view kMeanings = "\"\\/\n\r\t";
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t known =
        text[at] == '\\' && at + 1 < text.size() ? kLetters.find(text[at + 1]) : std::string_view::npos;
    out += known == std::string_view::npos ? text[at] : kMeanings[known];
    if (known != std::string_view::npos) ++at;
  }
  return out;
}

/// Reads one reply: finds the documents in it, and chooses.
class ReplyReader {
 public:
  ReplyReader(std::string_view text, const RepairLimits& limits, int wrappings = 0)
      : text_(text), limits_(limits), wrappings_(wrappings) {}

  Result<RepairOutcome> read();

 private:
  std::optional<RepairOutcome> read_strictly();
  Result<void> skip_reasoning();
  Result<void> find_documents();
  Result<void> add_document(LooseDocument document);
  std::size_t next_opening(std::size_t from) const;
  Result<RepairOutcome> read_unescaped(std::size_t begin);
  Result<RepairOutcome> choose();
  bool joinable() const;
  RepairOutcome joined();
  RepairOutcome chosen(LooseDocument& document);
  void forget_reasoning(std::size_t from, std::size_t to);
  void note_before(std::size_t end);
  void note_after(std::size_t begin);
  void note_text(std::size_t from, std::size_t to);
  std::string_view piece(std::size_t from, std::size_t to) const { return text_.substr(from, to - from); }
  void note(Fix fix, std::size_t offset) { repairs_.push_back(make_repair(fix, offset)); }
  void take_repairs(LooseDocument& document);
  RepairOutcome outcome(Value value) { return {std::move(value), std::move(repairs_)}; }

  std::string_view text_;
  RepairLimits limits_;
  int wrappings_;          ///< layers of escaping taken off so far
  std::size_t begin_ = 0;  ///< after reasoning
  std::vector<LooseDocument> documents_;
  std::size_t document_repairs_ = 0;
  std::optional<std::size_t> escaped_;  ///< where a document begins whose quotes are escaped
  std::vector<Repair> repairs_;
  bool fenced_ = false;
};

Result<RepairOutcome> ReplyReader::read() {
  if (text_.size() > limits_.bytes) {
    return unusable(fmt::format("the text is longer than {} bytes", limits_.bytes));
  }
  if (std::optional<RepairOutcome> strict = read_strictly()) return std::move(*strict);
  if (text_.starts_with(kByteOrderMark)) {
    note(Fix::byte_order_mark, 0);
    begin_ = kByteOrderMark.size();
  }
  if (trim_json(text_.substr(begin_)).empty()) return unusable("the text is empty");
  if (Result<void> skipped = skip_reasoning(); !skipped) return std::unexpected(skipped.error());
  if (Result<void> found = find_documents(); !found) return std::unexpected(found.error());
  return escaped_ ? read_unescaped(*escaped_) : choose();
}

/// What is JSON stays as it is, but for a string that holds an array or an object.
std::optional<RepairOutcome> ReplyReader::read_strictly() {
  std::expected<Value, ParseError> value = parse(text_);
  if (!value) return std::nullopt;
  const std::optional<std::string_view> inside = value->as_string();
  const std::string_view inner = trim_json(inside.value_or(""));
  if (!inner.starts_with('{') && !inner.starts_with('[') && !inner.starts_with('"'))
    return outcome(std::move(*value));
  if (wrappings_ == kMaxWrappings) return outcome(std::move(*value));
  std::optional<RepairOutcome> unwrapped = ReplyReader(inner, limits_, wrappings_ + 1).read_strictly();
  if (!unwrapped || unwrapped->value.is_string()) return outcome(std::move(*value));
  unwrapped->repairs.insert(unwrapped->repairs.begin(), make_repair(Fix::double_encoded, 0));
  return unwrapped;
}

/// A reply that begins with words may think aloud before </think>; what it thought is no answer.
Result<void> ReplyReader::skip_reasoning() {
  const std::string_view rest = trim_json(text_.substr(begin_));
  if (rest.starts_with('{') || rest.starts_with('[')) return {};
  const std::size_t end = text_.rfind(kThinkEnd);
  if (end != std::string_view::npos) {
    note(Fix::think_block, begin_);
    begin_ = end + kThinkEnd.size();
    return {};
  }
  if (rest.starts_with(kThink))
    return unusable("the text ends inside its reasoning: <think> is never closed");
  return {};
}

Result<void> ReplyReader::find_documents() {
  std::size_t at = begin_;
  while (true) {
    const std::size_t opening = next_opening(at);
    forget_reasoning(at, opening);
    if (opening == text_.size()) return {};
    LooseDocument document = parse_loosely(text_, opening, limits_.repairs - document_repairs_);
    at = std::max(document.stop, opening + 1);
    if (document.end == LooseDocument::End::escaped) {
      if (!documents_.empty()) continue;
      escaped_ = opening;
      return {};
    }
    if (Result<void> added = add_document(std::move(document)); !added) return added;
  }
}

Result<void> ReplyReader::add_document(LooseDocument document) {
  if (document.end == LooseDocument::End::too_deep) {
    return unusable(fmt::format("the text has more than {} levels of arrays and objects", kMaxDepth));
  }
  document_repairs_ += document.repairs.size() + 1;
  documents_.push_back(std::move(document));
  if (documents_.back().end != LooseDocument::End::too_many && document_repairs_ < limits_.repairs) return {};
  return unusable(fmt::format("the text needs more than {} repairs", limits_.repairs));
}

/// The next bracket that begins a document; the end of the text when none does.
std::size_t ReplyReader::next_opening(std::size_t from) const {
  std::size_t at = from;
  while (at < text_.size() && ((text_[at] != '{' && text_[at] != '[') || !opens_document(text_, at))) ++at;
  return at;
}

/// Documents before a </think> that stands between `from` and `to` were thoughts.
void ReplyReader::forget_reasoning(std::size_t from, std::size_t to) {
  const std::size_t end = piece(from, to).rfind(kThinkEnd);
  if (end == std::string_view::npos) return;
  note(Fix::think_block, begin_);
  documents_.clear();
  begin_ = from + end + kThinkEnd.size();
}

Result<RepairOutcome> ReplyReader::read_unescaped(std::size_t begin) {
  if (wrappings_ == kMaxWrappings) return unusable("the text is escaped again and again");
  const std::string text = unescaped(text_.substr(begin));
  Result<RepairOutcome> inner = ReplyReader(text, limits_, wrappings_ + 1).read();
  if (!inner) return inner;
  note_before(begin > begin_ && text_[begin - 1] == '"' ? begin - 1 : begin);
  note(Fix::escaped_document, begin);
  for (const Repair& repair : inner->repairs) repairs_.push_back({repair.name, begin, repair.lossy});
  return outcome(std::move(inner->value));
}

Result<RepairOutcome> ReplyReader::choose() {
  if (documents_.empty()) {
    return unusable(fmt::format("no JSON array or object in \"{}\"", one_line(text_.substr(begin_), 60)));
  }
  if (joinable()) return joined();
  auto best = documents_.begin();
  for (auto other = best; other != documents_.end(); ++other) {
    if (rank_of(*other) >= rank_of(*best)) best = other;
  }
  if (rank_of(*best) > Rank::unusable) return chosen(*best);
  return unusable("the text ends before anything in its JSON is whole");
}

/// Whether the documents are the elements of one list: with commas between them, or one on each of many
/// lines.
bool ReplyReader::joinable() const {
  if (documents_.size() < 2) return false;
  bool commas = true;
  bool lines = documents_.size() >= kMinJoinedLines;
  bool differ = false;
  std::size_t gap = documents_.front().begin;
  for (const LooseDocument& document : documents_) {
    const bool usable = document.end == LooseDocument::End::whole && document.depth < kMaxDepth;
    if (!usable || rank_of(document) == Rank::whole_empty) return false;
    const std::string_view between = piece(gap, document.begin);
    const bool first = gap == documents_.front().begin;
    commas = commas && (first || trim_json(between) == ",");
    lines = lines && (first || (trim_json(between).empty() && between.contains('\n')));
    lines = lines && !piece(document.begin, document.stop).contains('\n');
    differ = differ || !(document.value == documents_.front().value);
    gap = document.stop;
  }
  return (commas || lines) && differ;
}

RepairOutcome ReplyReader::joined() {
  note_before(documents_.front().begin);
  note(Fix::joined_documents, documents_.front().begin);
  Value::Array elements;
  for (LooseDocument& document : documents_) {
    take_repairs(document);
    elements.push_back(std::move(document.value));
  }
  note_after(documents_.back().stop);
  return outcome(Value::array(std::move(elements)));
}

RepairOutcome ReplyReader::chosen(LooseDocument& document) {
  note_before(documents_.front().begin);
  std::size_t gap = documents_.front().begin;
  for (LooseDocument& other : documents_) {
    note_text(gap, other.begin);
    gap = other.stop;
    if (&other == &document) {
      take_repairs(document);
    } else if (other.value == document.value) {
      note(Fix::repeated_document, other.begin);
    } else {
      const bool empty = rank_of(other) == Rank::whole_empty && other.repairs.empty();
      note(empty ? Fix::prose : Fix::several_documents, other.begin);
    }
  }
  note_after(documents_.back().stop);
  return outcome(std::move(document.value));
}

void ReplyReader::take_repairs(LooseDocument& document) {
  repairs_.insert(repairs_.end(), document.repairs.begin(), document.repairs.end());
}

/// Text before the first document. One that ends with a key or a comma was torn off it.
void ReplyReader::note_before(std::size_t end) {
  const std::string_view text = trim_json(piece(begin_, end));
  if (text.ends_with(',') || text.ends_with("\":")) return note(Fix::stray_text, begin_);
  note_text(begin_, end);
}

/// Text after the last document. One that goes on as JSON would was torn off it.
void ReplyReader::note_after(std::size_t begin) {
  const std::string_view text = trim_json(text_.substr(begin));
  const bool closing_quote = wrappings_ > 0 && text.starts_with('"');
  if (closing_quote) return note_text(text_.find('"', begin) + 1, text_.size());
  const bool torn = !text.empty() && std::string_view(",:\"}]").contains(text[0]);
  if (torn) return note(Fix::stray_text, begin);
  note_text(begin, text_.size());
}

void ReplyReader::note_text(std::size_t from, std::size_t to) {
  const std::string_view text = piece(from, to);
  if (text.contains(kFence) && !std::exchange(fenced_, true)) note(Fix::code_fence, from);
  if (has_words(text)) note(Fix::prose, from);
}

}  // namespace

Repair make_repair(Fix fix, std::size_t offset) {
  const RepairKind& kind = kKinds[static_cast<std::size_t>(fix)];
  return {kind.name, offset, kind.lossy};
}

std::span<const RepairKind> repair_kinds() { return kKinds; }

bool RepairOutcome::lossy() const { return std::ranges::any_of(repairs, &Repair::lossy); }

Result<RepairOutcome> repair(std::string_view text, const RepairLimits& limits) {
  return ReplyReader(text, limits).read();
}

}  // namespace synthv1::json
