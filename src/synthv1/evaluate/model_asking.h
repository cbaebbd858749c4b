// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_write.h"
#include "synthv1/evaluate/agent.h"
#include "synthv1/model/run_state.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace synthv1 {

/// What agents that ask a model work with; all of it outlives them.
struct ModelAsking {
  ChatModel& model;
  RunState& state;
  const Catalogue& catalogue;         ///< whose prompts are used
  std::uint32_t max_tokens = 0;       ///< of an answer; 0: the server's own limit
  std::uint32_t max_note_tokens = 0;  ///< of notes
  std::uint64_t context_tokens = 0;   ///< most tokens of a prompt, estimated; 0: no limit
};

/// The prompt of that name in the record's language.
const std::string& prompt_for(const ModelAsking& asking, const EvalRecord& record, std::string_view name);

/// What a request ends with: its task as one JSON object, for servers that stand in for a model. The object
/// has "task", "language" and what `write_rest` adds.
std::string task_block(std::string_view task, const EvalRecord& record,
                       const std::function<void(json::Writer&)>& write_rest);

/// Asks for one whole reply: an answer, or notes. A reply without content, cut or refused is a status, and is
/// not asked for again: what a model answers is what is measured.
asio::awaitable<AgentAnswer> ask_once(const ModelAsking& asking, ChatRequest request);

/// The request that puts a question behind what the agent shows of the record: `shown` is a text such as
/// chunks or notes, null where it shows nothing.
ChatRequest answer_request(const ModelAsking& asking, const EvalRecord& record, std::uint32_t question,
                           std::shared_ptr<const SharedText> shown);
/// The same for a text that no other question shares.
ChatRequest answer_request(const ModelAsking& asking, const EvalRecord& record, std::uint32_t question,
                           std::string_view shown);

/// The chunks that fit: which they are, and how many of the oldest were left out.
struct FittingChunks {
  std::span<const std::uint32_t> numbers;
  std::uint32_t left_out = 0;
};

/// The chunks `numbers` (ascending) of the record, less the oldest ones that do not fit beside question
/// `question`.
FittingChunks fitting_chunks(const ModelAsking& asking, const EvalRecord& record, std::uint32_t question,
                             std::span<const std::uint32_t> numbers);

/// The chunks as one text, an empty line between them; null where there are none.
std::shared_ptr<const SharedText> joined_chunks(const EvalRecord& record,
                                                std::span<const std::uint32_t> numbers);

}  // namespace synthv1
