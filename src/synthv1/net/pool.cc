// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/pool.h"

#include <utility>

namespace synthv1::net {

std::shared_ptr<Connection> Pool::take() {
  drop_old();
  while (!kept_.empty()) {
    auto connection = std::move(kept_.back().connection);
    kept_.pop_back();
    if (connection->is_quiet()) return connection;
  }
  return nullptr;
}

void Pool::keep(std::shared_ptr<Connection> connection) {
  connection->shrink();
  kept_.push_back({std::move(connection), Clock::now()});
  drop_old();
}

void Pool::drop_old() {
  const auto limit = Clock::now() - max_age_;
  while (!kept_.empty() && kept_.front().since <= limit) kept_.pop_front();
}

}  // namespace synthv1::net
