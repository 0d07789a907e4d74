// SPDX-License-Identifier: Apache-2.0
// Compiles EvidenceRegistry into what the rest of the project needs of it: the content of `artifact/`.
// Hardhat's own configuration is used, so the artifact and the contract under test come from the same settings.
import path from 'node:path';
import { keccak256, toBeHex } from 'ethers';
import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre';
import type { CompilationJob, Compiler, CompilerOutput } from 'hardhat/types/solidity';

const contractName = 'EvidenceRegistry';
const sourcePath = 'contracts/src/EvidenceRegistry.sol';

/** Name of the storage variable behind each slot that proofs read. */
const provenVariables = { batchesSlot: '_batches', revocationsSlot: '_revocations', nextNumberSlot: '_nextNumber' };

export interface RegistryArtifact {
  contractName: string;
  /** Full version of the compiler. */
  solc: string;
  evmVersion: string;
  abi: unknown;
  /** Creation code; the constructor's arguments follow it. */
  bytecode: string;
  /** Keccak-256 of the runtime code: the same for every deployment, whatever the arguments. */
  codeHash: string;
  /** Slot numbers as 32-byte words, the form in which trust files state them. */
  layout: Record<keyof typeof provenVariables, string>;
}

export async function buildArtifact(hre: HardhatRuntimeEnvironment): Promise<RegistryArtifact> {
  const { job, output, compiler } = await compile(hre);
  const contract = contractOf(output, job);
  const runtime = contract.evm.deployedBytecode;
  if (Object.keys(runtime.immutableReferences ?? {}).length > 0) {
    throw new Error('an immutable would give every deployment a code hash of its own');
  }
  return {
    contractName,
    solc: compiler.longVersion,
    evmVersion: job.solcConfig.settings.evmVersion,
    abi: contract.abi,
    bytecode: `0x${contract.evm.bytecode.object}`,
    codeHash: keccak256(`0x${runtime.object}`),
    layout: layoutOf(contract.storageLayout.storage),
  };
}

/** The exact text of the committed file. */
export function serializeArtifact(artifact: RegistryArtifact): string {
  return `${JSON.stringify(artifact, null, 2)}\n`;
}

interface Compilation {
  job: CompilationJob;
  output: CompilerOutput;
  compiler: Compiler;
}

async function compile(hre: HardhatRuntimeEnvironment): Promise<Compilation> {
  const root = path.join(hre.config.paths.root, sourcePath);
  const jobs = await hre.solidity.getCompilationJobs([root], { force: true, quiet: true });
  if (!jobs.success) throw new Error(jobs.formattedReason);
  const job = jobs.compilationJobsPerFile.get(root);
  if (!job) throw new Error(`no compilation of ${sourcePath}`);

  const result = await hre.solidity.runCompilationJob(job, { quiet: true });
  const errors = result.output.errors?.filter((error) => error.severity === 'error') ?? [];
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage ?? error.message).join('\n'));
  return { job, ...result };
}

interface StorageVariable {
  label: string;
  /** Decimal. */
  slot: string;
  /** Bytes from the low end of the slot. */
  offset: number;
}

interface CompiledContract {
  abi: unknown;
  evm: {
    bytecode: { object: string };
    deployedBytecode: { object: string; immutableReferences?: object };
  };
  storageLayout: { storage: StorageVariable[] };
}

function contractOf(output: CompilerOutput, job: CompilationJob): CompiledContract {
  const contract = Object.values(output.contracts ?? {}).find((source) => contractName in source)?.[contractName];
  const { abi, evm: { bytecode, deployedBytecode } = {} } = contract ?? {};
  const storage = storageOf(contract);
  if (!bytecode || !deployedBytecode || !storage) {
    throw new Error(`solc ${job.solcConfig.version} left out a part of ${contractName}`);
  }
  return { abi, evm: { bytecode, deployedBytecode }, storageLayout: { storage } };
}

/** Hardhat types the outputs it selects itself; the storage layout is one that our configuration adds. */
function storageOf(contract: object = {}): StorageVariable[] | undefined {
  const { storageLayout }: { storageLayout?: { storage?: unknown } } = contract;
  const storage = storageLayout?.storage;
  return Array.isArray(storage) && storage.every(isVariable) ? storage : undefined;
}

function isVariable(value: object): value is StorageVariable {
  const { label, slot, offset }: { [Name in keyof StorageVariable]?: unknown } = value;
  return typeof label === 'string' && typeof slot === 'string' && typeof offset === 'number';
}

function layoutOf(storage: StorageVariable[]): RegistryArtifact['layout'] {
  const slotOf = (label: string): string => {
    const variable = storage.find((candidate) => candidate.label === label);
    if (variable?.offset !== 0) throw new Error(`${label} does not begin at the low end of a slot`);
    return toBeHex(BigInt(variable.slot), 32);
  };
  return {
    batchesSlot: slotOf(provenVariables.batchesSlot),
    revocationsSlot: slotOf(provenVariables.revocationsSlot),
    nextNumberSlot: slotOf(provenVariables.nextNumberSlot),
  };
}
