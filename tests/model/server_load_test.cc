// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/server_load.h"

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

constexpr std::string_view kVllm = R"(# HELP vllm:num_requests_running Number of requests in model execution.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="a b"} 100.0
vllm:num_requests_running{engine="1",model_name="a b"} 60.0
vllm:num_requests_waiting{engine="0",model_name="a b"} 12.0
vllm:num_requests_waiting{engine="1",model_name="a b"} 5.0
vllm:kv_cache_usage_perc{engine="0",model_name="a b"} 0.25
vllm:kv_cache_usage_perc{engine="1",model_name="a b"} 0.5
vllm:num_preemptions_total{engine="0",model_name="a b"} 3.0
vllm:num_preemptions_total{engine="1",model_name="a b"} 1.0
)";

TEST(ServerLoad, ReadsTheMetricsOfVllm) {
  const ServerLoad load = parse_load_metrics(kVllm);
  EXPECT_EQ(load.running, 160);
  EXPECT_EQ(load.waiting, 17);
  EXPECT_EQ(load.cache_used, 0.5);
  EXPECT_EQ(load.preempted, 4);
  EXPECT_TRUE(load.crowded(1));
}

TEST(ServerLoad, PrefersWhatWaitsForRoom) {
  const ServerLoad load = parse_load_metrics(
      "vllm:num_requests_waiting 9\n"
      "vllm:num_requests_waiting_by_reason{reason=\"capacity\"} 1\n"
      "vllm:num_requests_waiting_by_reason{reason=\"deferred\"} 8\n");
  EXPECT_EQ(load.waiting, 1);
}

TEST(ServerLoad, T84UnderRayTheColonIsALine) {
  EXPECT_EQ(parse_load_metrics("ray_vllm_num_requests_waiting{engine=\"0\"} 3 1700000000000").waiting, 3);
  EXPECT_EQ(parse_load_metrics("vllm_num_requests_waiting 3").waiting, 3);
}

TEST(ServerLoad, ReadsOtherServers) {
  EXPECT_EQ(parse_load_metrics("llamacpp:requests_deferred 2\nllamacpp:requests_processing 4\n").waiting, 2);
  EXPECT_EQ(parse_load_metrics("sglang:num_queue_reqs{x=\"}\"} 1e1\n").waiting, 10);
  EXPECT_EQ(parse_load_metrics("tgi_queue_size 7").waiting, 7);
}

TEST(ServerLoad, T84AbsentIsNotNothing) {
  for (const std::string_view text :
       {"", "\n\n", "# only\n# words\n", "vllm:num_requests_waiting", "vllm:num_requests_waiting NaN",
        "vllm:num_requests_waiting -1", "vllm:num_requests_waiting{", "vllm:num_requests_waiting{}",
        "<html>vllm:num_requests_waiting 3</html>", "vllm:num_requests_waiting_sum 4", "load 0"}) {
    EXPECT_FALSE(parse_load_metrics(text).known()) << text;
    EXPECT_FALSE(parse_load_metrics(text).crowded(0)) << text;
  }
  const ServerLoad partial = parse_load_metrics("vllm:num_requests_running 5");
  EXPECT_FALSE(partial.known());
}

TEST(ServerLoad, ReadsTheHeaderOfAReply) {
  const ServerLoad load =
      parse_load_header(R"(JSON {"named_metrics":{"kv_cache_usage_perc":0.95,"num_requests_waiting":0.0}})");
  EXPECT_EQ(load.cache_used, 0.95);
  EXPECT_EQ(load.waiting, 0);
  EXPECT_TRUE(load.crowded(100));
  for (const std::string_view text : {"", "JSON", "TEXT named_metrics.x=1", "JSON {", "JSON []", "JSON {}",
                                      R"(JSON {"named_metrics":{"num_requests_waiting":"3"}})",
                                      R"(JSON {"named_metrics":{"num_requests_waiting":null}})"}) {
    EXPECT_FALSE(parse_load_header(text).known()) << text;
  }
}

TEST(ServerLoad, IsCrowdedWhereATenthWaits) {
  EXPECT_FALSE((ServerLoad{.waiting = 10, .running = 100, .cache_used = {}}).crowded(1));
  EXPECT_TRUE((ServerLoad{.waiting = 11, .running = 100, .cache_used = {}}).crowded(1000));
  EXPECT_FALSE((ServerLoad{.waiting = 10, .running = {}, .cache_used = {}}).crowded(100));
  EXPECT_TRUE((ServerLoad{.waiting = 11, .running = {}, .cache_used = {}}).crowded(100));
}

}  // namespace
}  // namespace synthv1::test
