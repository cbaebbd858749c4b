// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/validate.h"

#include "synthv1/base/text.h"
#include "synthv1/dataset/answer_database.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/validate_questions.h"
#include "synthv1/dataset/validate_sessions.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// Whether the transactions can be computed with.
bool is_whole_ledger(const StoredRecord& record) {
  const auto whole = [](const StoredTransaction& transaction) {
    return transaction.date && transaction.pair && transaction.amount && transaction.session_index;
  };
  return std::ranges::all_of(record.transactions, whole) && total_of(record.transactions).has_value();
}

/// Holds what the metadata say against what the record holds.
class MetadataCheck {
 public:
  MetadataCheck(const StoredRecord& record, const SessionFacts& facts, FaultSink& faults)
      : record_(record), facts_(facts), faults_(faults) {}

  void run() {
    const StatedMetadata& stated = record_.metadata;
    check_count("num_sessions", stated.num_sessions, record_.chunks.size());
    check_count("num_turns", stated.num_turns, facts_.turns);
    check_count("num_transactions", stated.num_transactions, record_.transactions.size());
    if (!facts_.dates.empty()) {
      check_date("start", stated.first_date, facts_.dates.front());
      check_date("end", stated.last_date, facts_.dates.back());
    }
    check_scenes();
    check_total();
  }

 private:
  void tell(FaultKind kind, std::string_view field, std::string reason) {
    faults_.fault({kind, fmt::format("metadata.{}", field), std::move(reason)});
  }

  void check_count(std::string_view field, std::optional<std::uint32_t> stated, std::uint64_t held) {
    if (stated && *stated != held)
      tell(FaultKind::count, field, fmt::format("{}, but there are {}", *stated, held));
  }

  void check_date(std::string_view end, std::optional<Date> stated, std::optional<Date> held) {
    if (!stated || !held || *stated == *held) return;
    tell(FaultKind::count, fmt::format("date_range.{}", end),
         fmt::format("{}, but the sessions' is {}", format_date(*stated), format_date(*held)));
  }

  void check_scenes() {
    if (!record_.metadata.scenes) return;
    const auto& scenes = record_.catalogue->scenes;
    if (std::ranges::equal(*record_.metadata.scenes, scenes, {}, {}, &Scene::name)) return;
    tell(FaultKind::catalogue, "scenes",
         fmt::format("it is to list the catalogue's {} scenes, in order", scenes.size()));
  }

  void check_total() {
    const bool readable = std::ranges::all_of(
        record_.transactions, [](const StoredTransaction& t) { return t.amount.has_value(); });
    const std::optional<Money> sum = total_of(record_.transactions);
    if (readable && !sum)
      return tell(FaultKind::total, "total_amount", "the amounts add up to more than can be told");
    const std::optional<Money> stated = record_.metadata.total_amount;
    if (!stated || !sum || *stated == *sum) return;
    tell(FaultKind::total, "total_amount",
         fmt::format("{}, but the amounts add up to {}", format_money(*stated), format_money(*sum)));
  }

  const StoredRecord& record_;
  const SessionFacts& facts_;
  FaultSink& faults_;
};

}  // namespace

class Validator::Impl {
 public:
  explicit Impl(const Catalogue& given) : catalogues_(given) {}

  RecordCounts check(const json::Value& value, FaultSink& faults) {
    if (!is_record(value)) {
      faults.fault({FaultKind::not_a_record, "", "no object with task_id, questions, chunks and metadata"});
      return {};
    }
    const StoredRecord record = read_record(value, catalogues_, faults);
    if (record.chunks.empty()) faults.fault({FaultKind::missing, "chunks", "there is no session"});
    const SessionFacts facts = validate_sessions(record, faults);
    MetadataCheck(record, facts, faults).run();
    validate_questions(record, ground_for(record), faults);
    tell_notes(record, faults);
    return {.records = 1,
            .sessions = record.chunks.size(),
            .turns = facts.turns,
            .transactions = record.transactions.size(),
            .questions = record.questions.size()};
  }

 private:
  QuestionGround ground_for(const StoredRecord& record) {
    const bool whole = is_whole_ledger(record);
    if (whole) answers_.load(record.transactions, *record.catalogue);
    wordings_.use(record.catalogue);
    return {.answers = whole ? &answers_ : nullptr,
            .wordings = wordings_,
            .wordings_known = catalogues_.knows_wordings(*record.catalogue)};
  }

  void tell_notes(const StoredRecord& record, FaultSink& faults) const {
    for (const std::string& imperfection : record.metadata.imperfections)
      faults.note(one_line(imperfection, 400));
    if (catalogues_.knows_wordings(*record.catalogue)) return;
    faults.note(
        fmt::format("its catalogue ({}) is not the one in use: templates are held against their specs alone",
                    record.catalogue->hash));
  }

  KnownCatalogues catalogues_;
  AnswerDatabase answers_;
  WordingChecks wordings_;
};

Validator::Validator(const Catalogue& given) : impl_(std::make_unique<Impl>(given)) {}
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;
Validator::~Validator() = default;

RecordCounts Validator::check(const json::Value& record, FaultSink& faults) {
  return impl_->check(record, faults);
}

RecordCounts& RecordCounts::operator+=(const RecordCounts& other) {
  records += other.records;
  sessions += other.sessions;
  turns += other.turns;
  transactions += other.transactions;
  questions += other.questions;
  return *this;
}

}  // namespace synthv1
