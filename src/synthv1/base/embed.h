// SPDX-License-Identifier: Apache-2.0
#pragma once

#if defined(__APPLE__)
#define SYNTHV1_SYMBOL(name) "_" #name
#define SYNTHV1_SECTION ".const_data\n"
#else
#define SYNTHV1_SYMBOL(name) #name
#define SYNTHV1_SECTION ".section .rodata\n"
#endif

/// Puts the bytes of a file, as it is when this is compiled, into the program: from `name` to `name_end`, to
/// be declared as extern "C" const char[]. The build must know that the object depends on the file.
#define SYNTHV1_EMBED(name, file)                                                         \
  __asm__(SYNTHV1_SECTION ".balign 16\n.globl " SYNTHV1_SYMBOL(name) "\n" SYNTHV1_SYMBOL( \
      name) ":\n.incbin \"" file                                                          \
            "\"\n.globl " SYNTHV1_SYMBOL(name##_end) "\n" SYNTHV1_SYMBOL(name##_end) ":\n.byte 0\n.text\n")
