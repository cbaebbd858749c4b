// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/stored_record.h"
#include "synthv1/report/statistics.h"

namespace synthv1 {

/// Gathers TransactionStatistics, record by record.
class TransactionCounter {
 public:
  void add(const StoredRecord& record, LeftOut& left_out);
  TransactionStatistics finish();

 private:
  void add_transaction(const StoredTransaction& transaction, const Catalogue& catalogue, LeftOut& left_out);
  SceneStatistics& scene(const std::string& name);

  TransactionStatistics counts_;
  Distribution amounts_, transactions_a_session_;
};

}  // namespace synthv1
