#include "operation.h"

#include <string>

#include "tensorflow.h"

namespace blemish {
namespace {

struct Kernel {
  const Operation* operation;
  std::vector<int64_t> settings;
  float number = 0;
};

// TensorFlow's C interface hands no context to `create`, so each operation gets a function of its own.
constexpr int maxOperations = 32;
const Operation* operations[maxOperations];
int count = 0;

void* createKernel(TF_OpKernelConstruction* construction, const Operation* operation) {
  auto* kernel = new Kernel{operation, {}, 0};
  TF_Status* status = TF_NewStatus();
  int32_t size = 0, total = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, "settings", &size, &total, status);
  if (size > 0) {
    kernel->settings.resize(size);
    TF_OpKernelConstruction_GetAttrInt64List(construction, "settings", kernel->settings.data(), size, status);
  }
  TF_OpKernelConstruction_GetAttrFloat(construction, "number", &kernel->number, status);
  TF_DeleteStatus(status);
  return kernel;
}

template <int Index>
void* create(TF_OpKernelConstruction* construction) {
  return createKernel(construction, operations[Index]);
}

template <int... Index>
auto creatorOf(int index, std::integer_sequence<int, Index...>) {
  static void* (*const creators[])(TF_OpKernelConstruction*) = {create<Index>...};
  return creators[index];
}

void compute(void* data, TF_OpKernelContext* context) {
  const auto* kernel = static_cast<const Kernel*>(data);
  Call call(context, kernel->settings, kernel->number, kernel->operation->inputs);
  if (!call.refused()) kernel->operation->compute(call);
}

void destroy(void* data) { delete static_cast<Kernel*>(data); }

}  // namespace

Call::Call(TF_OpKernelContext* context, const std::vector<int64_t>& settings, float number, int inputs)
    : context_(context), settings_(settings), number_(number), tensors_(inputs, nullptr), data_(inputs, nullptr) {
  TF_Status* status = TF_NewStatus();
  for (int i = 0; i < inputs && TF_GetCode(status) == 0; i++) {
    TF_GetInput(context, i, &tensors_[i], status);
    if (TF_GetCode(status) == 0) data_[i] = static_cast<const float*>(TF_TensorData(tensors_[i]));
  }
  if (TF_GetCode(status) != 0) refuse(TF_Message(status));
  TF_DeleteStatus(status);
}

Call::~Call() {
  for (TF_Tensor* tensor : tensors_) {
    if (tensor != nullptr) TF_DeleteTensor(tensor);
  }
}

int Call::rank(int index) const { return TF_NumDims(tensors_[index]); }
long Call::dim(int index, int axis) const { return TF_Dim(tensors_[index], axis); }

long Call::size(int index) const {
  long product = 1;
  for (int axis = 0; axis < rank(index); axis++) product *= dim(index, axis);
  return product;
}

float* Call::output(int index, std::initializer_list<long> dims) {
  const std::vector<int64_t> copy(dims.begin(), dims.end());
  return allocate(index, copy.data(), static_cast<int>(copy.size()));
}

float* Call::outputLike(int index, int input) {
  std::vector<int64_t> dims;
  for (int axis = 0; axis < rank(input); axis++) dims.push_back(dim(input, axis));
  return allocate(index, dims.data(), static_cast<int>(dims.size()));
}

float* Call::allocate(int index, const int64_t* dims, int rank) {
  size_t bytes = sizeof(float);
  for (int axis = 0; axis < rank; axis++) bytes *= static_cast<size_t>(dims[axis]);
  TF_Status* status = TF_NewStatus();
  TF_Tensor* tensor = TF_AllocateOutput(context_, index, TF_FLOAT, dims, rank, bytes, status);
  float* data = nullptr;
  if (TF_GetCode(status) == 0) data = static_cast<float*>(TF_TensorData(tensor));
  else refuse(TF_Message(status));
  // The context holds its own reference.
  if (tensor != nullptr) TF_DeleteTensor(tensor);
  TF_DeleteStatus(status);
  return data;
}

void Call::refuse(const char* reason) {
  if (refused_) return;
  refused_ = true;
  TF_Status* status = TF_NewStatus();
  TF_SetStatus(status, TF_INVALID_ARGUMENT, reason);
  TF_OpKernelContext_Failure(context_, status);
  TF_DeleteStatus(status);
}

const char* registerOperation(const Operation& operation) {
  if (count == maxOperations) return "too many operations";
  const int index = count++;
  operations[index] = &operation;

  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(operation.name);
  for (int i = 0; i < operation.inputs; i++) TF_OpDefinitionBuilderAddInput(definition, ("in" + std::to_string(i) + ": float").c_str());
  for (int i = 0; i < operation.outputs; i++) TF_OpDefinitionBuilderAddOutput(definition, ("out" + std::to_string(i) + ": float").c_str());
  TF_OpDefinitionBuilderAddAttr(definition, "settings: list(int) = []");
  TF_OpDefinitionBuilderAddAttr(definition, "number: float = 0");
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, &TF_ShapeInferenceContextSetUnknownShape);
  static thread_local std::string reason;
  TF_Status* status = TF_NewStatus();
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) == 0) {
    auto creator = creatorOf(index, std::make_integer_sequence<int, maxOperations>());
    TF_KernelBuilder* builder = TF_NewKernelBuilder(operation.name, "CPU", creator, compute, destroy);
    TF_RegisterKernelBuilder(operation.name, builder, status);
  }
  reason = TF_Message(status);
  const bool fine = TF_GetCode(status) == 0;
  TF_DeleteStatus(status);
  return fine ? nullptr : reason.c_str();
}

}  // namespace blemish
