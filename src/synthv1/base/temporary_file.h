// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace synthv1 {

/// A name beside `target` for the file that is to replace it, given once by this process.
std::string temporary_name(const std::string& target);

/// Marks a file that was just made under such a name as in use while it is open. False where another process
/// took it for abandoned before that, and has removed it.
bool claim_temporary(int file);

/// Takes away the files of such names beside `target` that nobody has open: their processes were killed.
void remove_abandoned_temporaries(const std::string& target);

}  // namespace synthv1
