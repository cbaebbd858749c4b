// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synthv1 {

/// What can be wrong with a record of a dataset file.
enum class FaultKind : std::uint8_t {
  not_a_record,       ///< no object with task_id, questions, chunks and metadata
  missing,            ///< what must be there is not
  type,               ///< a field is not of its type
  form,               ///< a date, an amount, an answer or an identifier is not written as it must be
  order,              ///< fields, sessions, transactions or indexes are out of order
  unknown,            ///< a scene, subscene, question type or part of a spec that is not known
  identifier,         ///< a task_id or qid that is not the record's own
  catalogue,          ///< the catalogue that the metadata describe does not hold together
  line,               ///< a line of a chunk is not of the form `[2024-01-15] User said, "..."`
  date,               ///< a date is not its session's, or the sessions' dates do not ascend
  count,              ///< a count or date range of the metadata is not what the record holds
  total,              ///< total_amount is not the sum
  index,              ///< a number points outside the record
  turn,               ///< `turn` is not the line that first states the amount
  not_stated,         ///< no user turn states the amount
  unexplained_money,  ///< an amount of money in a user turn that nothing explains
  category,           ///< a spec does not fit its category
  answer,             ///< an answer is not what its spec computes
  no_answer,          ///< what the spec asks has no one right answer
  evidence,           ///< the evidence is not what the filters select
  template_text,      ///< a template is not what its type makes from the spec
  wording,            ///< a reworded question asks something other than its spec
  duplicate,          ///< a question or identifier that stands there twice
};
inline constexpr std::array<std::string_view, 23> kFaultKindNames = {
    "not_a_record", "missing", "type",       "form",
    "order",        "unknown", "identifier", "catalogue",
    "line",         "date",    "count",      "total",
    "index",        "turn",    "not_stated", "unexplained_money",
    "category",     "answer",  "no_answer",  "evidence",
    "template",     "wording", "duplicate"};
inline constexpr std::size_t kNumFaultKinds = kFaultKindNames.size();

constexpr std::string_view name_of(FaultKind kind) { return kFaultKindNames[static_cast<std::size_t>(kind)]; }

/// One thing that is wrong with a record.
struct Fault {
  FaultKind kind = FaultKind::not_a_record;
  std::string field;   ///< "questions[4].answer", "chunks[3] turn 5"; empty for the whole record
  std::string reason;  ///< one line in English
};

/// Hears what is found in a record.
class FaultSink {
 public:
  virtual ~FaultSink() = default;
  virtual void fault(Fault fault) = 0;
  /// Something worth knowing that is no fault: what the record says was left imperfect.
  virtual void note(std::string text) = 0;
};

/// Keeps what it hears.
class FaultList : public FaultSink {
 public:
  void fault(Fault fault) override { faults.push_back(std::move(fault)); }
  void note(std::string text) override { notes.push_back(std::move(text)); }

  std::vector<Fault> faults;
  std::vector<std::string> notes;
};

}  // namespace synthv1
