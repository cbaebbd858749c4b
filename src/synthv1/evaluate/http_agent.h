// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/agent.h"
#include "synthv1/net/http_client.h"

#include <memory>
#include <string>

namespace synthv1 {

/// A memory system behind `url`: each message of docs/formats/agent.md is the body of a POST, and its
/// response's body the reply. ErrorKind::usage where the URL or the options are wrong.
Result<std::unique_ptr<Agent>> make_http_agent(asio::any_io_executor executor, const std::string& url,
                                               net::ClientOptions options);

}  // namespace synthv1
