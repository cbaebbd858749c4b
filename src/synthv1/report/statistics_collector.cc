// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/statistics_collector.h"

#include "synthv1/dataset/read_record.h"

namespace synthv1 {

namespace {

/// What is missing shows in what was read.
class Unheard : public FaultSink {
 public:
  void fault(Fault /*fault*/) override {}
  void note(std::string /*text*/) override {}
};

}  // namespace

void StatisticsCollector::add(const json::Value& value) {
  Unheard faults;
  const StoredRecord record = read_record(value, catalogues_, faults);
  LeftOut& left_out = statistics_.left_out;
  ++statistics_.records;
  if (const auto language = record.metadata.language)
    ++statistics_.languages[std::string(kLanguageNames[static_cast<std::size_t>(*language)])];
  if (record.metadata.model) ++statistics_.models[*record.metadata.model];
  sessions_.add(record, left_out);
  transactions_.add(record, left_out);
  questions_.add(record, left_out);
  trivial_.add(record);
}

void StatisticsCollector::add_file(std::uint64_t bytes) {
  ++statistics_.files;
  statistics_.bytes += bytes;
}

Statistics StatisticsCollector::finish() {
  statistics_.sessions = sessions_.finish();
  statistics_.transactions = transactions_.finish();
  statistics_.questions = questions_.finish();
  statistics_.trivial = trivial_.finish(statistics_.questions.categories);
  return std::move(statistics_);
}

}  // namespace synthv1
