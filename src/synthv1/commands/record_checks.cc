// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/record_checks.h"

#include <utility>

namespace synthv1 {

namespace {

/// Keeps the first faults of each kind and counts them all.
class FirstFaults : public FaultSink {
 public:
  FirstFaults(CheckedRecord& checked, std::uint64_t per_kind) : checked_(checked), per_kind_(per_kind) {}
  void fault(Fault fault) override {
    std::uint64_t& count = checked_.num_faults[static_cast<std::size_t>(fault.kind)];
    if (count++ < per_kind_) checked_.faults.push_back(std::move(fault));
  }
  void note(std::string text) override { checked_.notes.push_back(std::move(text)); }

 private:
  CheckedRecord& checked_;
  std::uint64_t per_kind_;
};

CheckedRecord check_record(Validator& validator, const json::Value& record, std::uint64_t faults_per_kind) {
  CheckedRecord checked;
  if (const json::Value* id = record.find("task_id")) checked.task_id = id->as_string().value_or("");
  FirstFaults faults(checked, faults_per_kind);
  checked.counts = validator.check(record, faults);
  return checked;
}

}  // namespace

RecordChecks::RecordChecks(const Catalogue& catalogue, std::uint32_t threads, std::uint64_t faults_per_kind)
    : catalogue_(catalogue), faults_per_kind_(faults_per_kind) {
  if (threads <= 1) {
    own_.emplace(catalogue);
    return;
  }
  for (std::uint32_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

RecordChecks::~RecordChecks() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::future<CheckedRecord> RecordChecks::begin(json::Record record) {
  Check check([this, record = std::move(record)](Validator& validator) {
    return check_record(validator, record.value, faults_per_kind_);
  });
  std::future<CheckedRecord> checked = check.get_future();
  if (own_) {
    check(*own_);
    return checked;
  }
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(check));
  changed_.notify_one();
  return checked;
}

void RecordChecks::work() {
  Validator validator(catalogue_);
  while (true) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (closed_) return;
    Check check = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    check(validator);
  }
}

}  // namespace synthv1
