// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/task_group.h"

#include <stop_token>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace synthv1 {

/// Runs `task` on `context` to its end and throws what it throws; `stop` cancels it. Blocks.
inline void run_task(asio::io_context& context, asio::awaitable<void> task, const std::stop_token& stop) {
  TaskGroup tasks(context.get_executor());
  tasks.spawn(std::move(task), [] {});
  asio::co_spawn(context, tasks.join(), [](const std::exception_ptr& exception) {
    if (exception) std::rethrow_exception(exception);
  });
  const std::stop_callback on_stop(stop, [&] { asio::post(context, [&tasks] { tasks.cancel(); }); });
  context.run();
}

}  // namespace synthv1
