// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/stored_record.h"
#include "synthv1/report/statistics.h"

namespace synthv1 {

/// Gathers SessionStatistics, record by record.
class SessionCounter {
 public:
  void add(const StoredRecord& record, LeftOut& left_out);
  SessionStatistics finish();

 private:
  double add_session(std::string_view chunk, LeftOut& left_out);
  void add_line(std::string_view line, bool& dated, LeftOut& left_out);

  SessionStatistics counts_;
  Distribution sessions_a_record_, turns_a_session_, tokens_a_session_, tokens_a_record_;
  TextVariety user_text_, assistant_text_;
};

}  // namespace synthv1
