#pragma once
// The operations that the addon registers, a list for each file that defines them.
#include "operation.h"

namespace blemish {

struct OperationList {
  const Operation* first;
  int count;
};

OperationList convolutionOperations();
OperationList trainingOperations();
OperationList flowOperations();
OperationList backboneOperations();

}  // namespace blemish
