// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/make_agent.h"

#include "synthv1/evaluate/extract_agent.h"
#include "synthv1/evaluate/http_agent.h"
#include "synthv1/evaluate/notes_agents.h"
#include "synthv1/evaluate/process_agent.h"
#include "synthv1/evaluate/prompt_agents.h"
#include "synthv1/evaluate/stored_agents.h"

namespace synthv1 {

namespace {

std::unique_ptr<Agent> asking_agent(const std::string& name, const ModelAsking& asking, std::uint32_t k) {
  if (name == "none") return make_prompt_agent(asking, Showing::none, k);
  if (name == "evidence") return make_prompt_agent(asking, Showing::evidence, k);
  if (name == "recent") return make_prompt_agent(asking, Showing::recent, k);
  if (name == "bm25") return make_prompt_agent(asking, Showing::bm25, k);
  if (name == "recurrent") return make_notes_agent(asking, Reading::agnostic);
  if (name == "recurrent_aware") return make_notes_agent(asking, Reading::aware);
  if (name == "extract") return make_extract_agent(asking);
  return make_prompt_agent(asking, Showing::full, k);
}

}  // namespace

Result<std::unique_ptr<Agent>> make_agent(const EvaluateOptions& options, const Catalogue& catalogue,
                                          ChatModel* model, EndpointRun& endpoint) {
  if (options.own_agent) return options.own_agent();
  constexpr std::string_view kProcess = "process:";
  if (options.agent == "key") return make_key_agent();
  if (options.agent == "zero") return make_zero_agent();
  if (options.agent.starts_with(kProcess)) {
    return make_process_agent(endpoint.executor(), {.command = options.agent.substr(kProcess.size()),
                                                    .processes = options.processes,
                                                    .timeout = options.agent_timeout});
  }
  if (!options.asks_model()) {
    net::ClientOptions client = options.client;
    client.deadlines.idle = client.deadlines.total = options.agent_timeout;
    return make_http_agent(endpoint.executor(), options.agent, std::move(client));
  }
  return asking_agent(options.agent,
                      {.model = *model,
                       .state = endpoint.state(),
                       .catalogue = catalogue,
                       .max_tokens = options.max_tokens,
                       .max_note_tokens = options.max_note_tokens,
                       .context_tokens = options.context_tokens},
                      options.k);
}

}  // namespace synthv1
