// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/read_record.h"

#include "synthv1/base/text.h"
#include "synthv1/dataset/field_reader.h"
#include "synthv1/dataset/read_spec.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace synthv1 {

namespace {

constexpr std::string_view kTaskPrefix = "consumption_tracking_";
constexpr std::array<std::string_view, 4> kRecordFields = {"task_id", "questions", "chunks", "metadata"};
constexpr std::array<std::string_view, 5> kQuestionFields = {"qid", "query", "answer", "position",
                                                             "category"};
constexpr std::array<std::string_view, 6> kTransactionFields = {"date",   "scene",       "subscene",
                                                                "amount", "description", "session_index"};

/// Reads the parts of one record.
class RecordReading {
 public:
  RecordReading(const json::Value& value, KnownCatalogues& catalogues, FaultSink& faults)
      : faults_(faults),
        object_(&value, root_, faults),
        metadata_(value.find("metadata"), metadata_place_, faults),
        catalogue_(catalogues.find(metadata_.find("catalogue"), faults)) {}

  StoredRecord read() {
    StoredRecord record;
    record.task_id = object_.text("task_id");
    if (record.task_id) read_id(record);
    read_elements("questions", object_, record.questions,
                  [this](const json::Value& value, const Place& place) { return question(value, place); });
    read_elements("chunks", object_, record.chunks, [this](const json::Value& value, const Place& place) {
      return FieldReader(&value, place, faults_).text();
    });
    read_elements("transaction_events", metadata_, record.transactions,
                  [this](const json::Value& value, const Place& place) { return transaction(value, place); });
    read_metadata(record.metadata);
    record.catalogue = std::move(catalogue_);
    return record;
  }

 private:
  void read_id(StoredRecord& record) const {
    if (const auto id = id_of(*record.task_id)) {
      record.id = std::string(*id);
    } else {
      object_.fault(
          "task_id", FaultKind::form,
          fmt::format("'{}' is not {} and eight hex digits", one_line(*record.task_id, 60), kTaskPrefix));
    }
  }

  template <class Element, class Read>
  void read_elements(std::string_view key, const ObjectReader& object, std::vector<Element>& elements,
                     const Read& read) const {
    const json::Value::Array* values = object.array(key);
    if (values == nullptr) return;
    const Place list = object.place().member(key);
    elements.reserve(values->size());
    for (std::size_t i = 0; i < values->size(); ++i) {
      const Place place = list.element(i);
      elements.push_back(read((*values)[i], place));
    }
  }

  StoredQuestion question(const json::Value& value, const Place& place) const {
    const ObjectReader object(&value, place, faults_);
    if (!object.is_object()) return {};
    object.begins_with(kQuestionFields);
    StoredQuestion question{.qid = object.text("qid"),
                            .query = object.filled_text("query"),
                            .answer = object.text("answer"),
                            .category = object.text("category"),
                            .template_query = {},
                            .position = object.whole("position"),
                            .spec = {},
                            .evidence = {}};
    if (object.find("template") != nullptr) question.template_query = object.filled_text("template");
    const Place spec = place.member("spec");
    question.spec = read_spec(object.find("spec"), spec, *catalogue_, faults_);
    question.evidence = evidence(object);
    return question;
  }

  std::optional<std::vector<std::uint32_t>> evidence(const ObjectReader& object) const {
    const json::Value::Array* values = object.array("evidence");
    if (values == nullptr) return std::nullopt;
    const Place list = object.place().member("evidence");
    std::vector<std::uint32_t> indexes;
    indexes.reserve(values->size());
    for (std::size_t i = 0; i < values->size(); ++i) {
      const Place place = list.element(i);
      const std::optional<std::uint32_t> index = FieldReader(&(*values)[i], place, faults_).whole();
      if (index) indexes.push_back(*index);
    }
    if (indexes.size() != values->size()) return std::nullopt;
    return indexes;
  }

  StoredTransaction transaction(const json::Value& value, const Place& place) const {
    const ObjectReader object(&value, place, faults_);
    if (!object.is_object()) return {};
    object.begins_with(kTransactionFields);
    return {.date = object.date("date"),
            .pair = pair(object),
            .amount = amount(object),
            .description = object.filled_text("description"),
            .session_index = object.whole("session_index"),
            .turn = object.whole("turn")};
  }

  std::optional<PairId> pair(const ObjectReader& object) const {
    const std::optional<std::string> scene = object.text("scene"), subscene = object.text("subscene");
    if (!scene || !subscene) return std::nullopt;
    const std::optional<PairId> pair = catalogue_->find_pair(*scene, *subscene);
    if (pair) return pair;
    if (!catalogue_->find_scene(*scene)) {
      object.fault("scene", FaultKind::unknown,
                   fmt::format("the catalogue has no scene '{}'", one_line(*scene, 40)));
    } else {
      object.fault("subscene", FaultKind::unknown,
                   fmt::format("the catalogue has no subscene '{}' of '{}'", one_line(*subscene, 40),
                               one_line(*scene, 40)));
    }
    return std::nullopt;
  }

  static std::optional<Money> amount(const ObjectReader& object) {
    const std::optional<Money> amount = object.money("amount");
    if (!amount || *amount > Money{}) return amount;
    object.fault("amount", FaultKind::form, fmt::format("{} is not positive", format_money(*amount)));
    return std::nullopt;
  }

  void read_metadata(StatedMetadata& out) const {
    if (!metadata_.is_object()) return;
    out.num_sessions = metadata_.whole("num_sessions");
    out.num_turns = metadata_.whole("num_turns");
    out.num_transactions = metadata_.whole("num_transactions");
    const Place range = metadata_place_.member("date_range");
    const ObjectReader dates(metadata_.find("date_range"), range, faults_);
    out.first_date = dates.date("start");
    out.last_date = dates.date("end");
    out.scenes = metadata_.texts("scenes");
    out.total_amount = metadata_.money("total_amount");
    out.language = language();
    out.seed = metadata_.long_whole("seed");
    out.model = metadata_.filled_text("model");
    out.version = metadata_.filled_text("version");
    out.imperfections = metadata_.texts("imperfections").value_or(std::vector<std::string>());
  }

  std::optional<Language> language() const {
    const std::optional<std::string> text = metadata_.text("language");
    if (!text) return std::nullopt;
    const auto found = std::ranges::find(kLanguageNames, std::string_view(*text));
    if (found != kLanguageNames.end()) return static_cast<Language>(found - kLanguageNames.begin());
    metadata_.fault(
        "language", FaultKind::unknown,
        fmt::format("it is one of {}, not '{}'", fmt::join(kLanguageNames, ", "), one_line(*text, 40)));
    return std::nullopt;
  }

  FaultSink& faults_;
  const Place root_;
  const Place metadata_place_ = root_.member("metadata");
  ObjectReader object_;
  ObjectReader metadata_;
  std::shared_ptr<const Catalogue> catalogue_;
};

}  // namespace

bool is_record(const json::Value& value) {
  return std::ranges::all_of(kRecordFields,
                             [&](std::string_view name) { return value.find(name) != nullptr; });
}

StoredRecord read_record(const json::Value& value, KnownCatalogues& catalogues, FaultSink& faults) {
  return RecordReading(value, catalogues, faults).read();
}

std::optional<std::string_view> id_of(std::string_view task_id) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (!task_id.starts_with(kTaskPrefix)) return std::nullopt;
  task_id.remove_prefix(kTaskPrefix.size());
  if (task_id.size() != 8 || !std::ranges::all_of(task_id, hex)) return std::nullopt;
  return task_id;
}

}  // namespace synthv1
