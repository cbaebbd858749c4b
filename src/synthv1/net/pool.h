// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/connection.h"

#include <chrono>
#include <deque>
#include <memory>

namespace synthv1::net {

/// The connections that wait for another request. The last used is used first, so that those a quiet time
/// does not need grow old and are closed.
class Pool {
 public:
  explicit Pool(std::chrono::milliseconds max_age) : max_age_(max_age) {}

  /// A connection younger than the age limit on which nothing has happened since; null where there is none.
  std::shared_ptr<Connection> take();
  void keep(std::shared_ptr<Connection> connection);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::shared_ptr<Connection> connection;
    Clock::time_point since;
  };
  void drop_old();

  std::chrono::milliseconds max_age_;
  std::deque<Kept> kept_;  ///< the oldest first
};

}  // namespace synthv1::net
