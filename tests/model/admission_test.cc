// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/admission.h"

#include "tests/model/scripted_model.h"
#include "tests/support/test_clock.h"

#include <map>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::ElementsAre;

/// A model whose calls last until they are ended by hand.
class ManualModel final : public ChatModel {
 public:
  asio::awaitable<CallResult> call(const ChatRequest& request) override {
    started.push_back(request.index);
    auto& timer = timers_.try_emplace(request.index, co_await asio::this_coro::executor).first->second;
    timer.expires_at(asio::steady_timer::time_point::max());
    co_await timer.async_wait(net::kAwait);
    if (throws) throw std::runtime_error("a fault of our own");
    co_return replied("good");
  }
  void end(std::uint32_t index) { timers_.at(index).cancel(); }

  std::vector<std::uint32_t> started;
  bool throws = false;

 private:
  std::map<std::uint32_t, asio::steady_timer> timers_;
};

class AdmissionTest : public ::testing::Test {
 protected:
  void start(std::uint32_t index) {
    asio::co_spawn(io_, call(index),
                   asio::bind_cancellation_slot(signals_[index].slot(), [this, index](std::exception_ptr) {
                     ended_.push_back(index);
                   }));
    settle();
  }
  asio::awaitable<void> call(std::uint32_t index) {
    const ChatRequest request{.index = index};
    const auto result = co_await model_->call(request);
    if (!result) labels_[index] = result.error().label;
  }
  void end(std::uint32_t index) {
    inner_->end(index);
    settle();
  }
  void cancel(std::uint32_t index) {
    signals_[index].emit(asio::cancellation_type::terminal);
    settle();
  }
  void settle() {
    io_.restart();
    io_.poll();
  }

  asio::io_context io_;
  ManualModel* inner_ = new ManualModel;
  TestClock clock_;
  std::unique_ptr<Admission> model_ =
      with_admission(std::unique_ptr<ChatModel>(inner_), {.limit = 2}, clock_);
  std::map<std::uint32_t, asio::cancellation_signal> signals_;
  std::vector<std::uint32_t> ended_;
  std::map<std::uint32_t, std::string> labels_;
};

TEST_F(AdmissionTest, LetsInAsManyAsItMayInOrder) {
  for (std::uint32_t i = 0; i < 5; ++i) start(i);
  EXPECT_THAT(inner_->started, ElementsAre(0, 1));
  end(1);
  EXPECT_THAT(inner_->started, ElementsAre(0, 1, 2));
  end(0);
  end(2);
  EXPECT_THAT(inner_->started, ElementsAre(0, 1, 2, 3, 4));
  end(3);
  end(4);
  EXPECT_EQ(ended_.size(), 5U);
}

TEST_F(AdmissionTest, ACancelledCallLeavesTheLine) {
  for (std::uint32_t i = 0; i < 4; ++i) start(i);
  cancel(2);
  EXPECT_EQ(labels_[2], "cancelled");
  end(0);
  EXPECT_THAT(inner_->started, ElementsAre(0, 1, 3));
}

TEST_F(AdmissionTest, ACancelledCallGivesItsPermitBack) {
  for (std::uint32_t i = 0; i < 3; ++i) start(i);
  cancel(0);
  EXPECT_THAT(inner_->started, ElementsAre(0, 1, 2));
}

TEST_F(AdmissionTest, CancelledAsItIsAdmittedThePermitGoesOn) {
  for (std::uint32_t i = 0; i < 4; ++i) start(i);
  inner_->end(0);
  signals_[2].emit(asio::cancellation_type::terminal);
  settle();
  end(1);
  EXPECT_EQ(inner_->started.back(), 3U);
}

TEST_F(AdmissionTest, AnExceptionGivesThePermitBack) {
  for (std::uint32_t i = 0; i < 3; ++i) start(i);
  inner_->throws = true;
  end(0);
  EXPECT_THAT(inner_->started, ElementsAre(0, 1, 2));
}

TEST_F(AdmissionTest, CallsMayBeDestroyedInLine) {
  for (std::uint32_t i = 0; i < 5; ++i) start(i);
}

TEST(AdmissionLimit, IsAtLeastOne) {
  TestClock clock;
  EXPECT_THROW(with_admission(std::make_unique<ManualModel>(), {.limit = 0}, clock), BrokenInvariant);
}

}  // namespace
}  // namespace synthv1::test
