// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/dataset/validate.h"

#include <array>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>

namespace synthv1 {

/// Where a record stands.
struct RecordPlace {
  std::string file;         ///< as the user wrote it
  std::uint64_t index = 0;  ///< from 0, in its file
  std::uint64_t line = 0;   ///< from 1, where the record is a line; else 0
  std::string task_id;      ///< empty where the record has none
};

/// Hears, in order, what is found in the files.
class ValidateListener {
 public:
  virtual ~ValidateListener() = default;
  /// At most ValidateOptions::faults_per_kind times for each kind; the rest is only counted.
  virtual void fault(const RecordPlace& place, const Fault& fault) = 0;
  /// What the record says was left imperfect, and what could not be checked.
  virtual void note(const RecordPlace& place, const std::string& text) = 0;
};

struct ValidateOptions {
  std::uint64_t faults_per_kind = 20;
  std::uint32_t threads = 0;  ///< that check records; 0: one a core
};

struct ValidateSummary {
  std::uint64_t files = 0, bytes = 0, notes = 0;
  RecordCounts counts;
  std::array<std::uint64_t, kNumFaultKinds> faults{};  ///< by FaultKind, those not told included

  std::uint64_t num_faults() const;
  /// Exit code 0, or else 1.
  bool good() const { return num_faults() == 0; }
};

/// "a.jsonl: record 3 (consumption_tracking_ab12cd34): questions[4].answer: ...": a fault as a line.
std::string describe(const RecordPlace& place, const Fault& fault);

/// `synthv1 validate FILE...`: holds every record of the files ("-" is standard input) against the rules,
/// streamed. An error (ErrorKind::usage, exit 2) says where a file is not JSON or that it holds no record at
/// all; it ends the check. `catalogue` is that of records that name none.
Result<ValidateSummary> validate(std::span<const std::string> paths, const Catalogue& catalogue, Files& files,
                                 ValidateListener& listener, const ValidateOptions& options = {},
                                 const std::stop_token& stop = {});

}  // namespace synthv1
