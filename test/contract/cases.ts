import { batches } from './cases/batches';
import { errors } from './cases/errors';
import { faultsDuringOperations } from './cases/faults';
import { fidelity } from './cases/fidelity';
import { foreignAnswers } from './cases/foreignAnswers';
import { objects } from './cases/objects';
import { operations } from './cases/operations';
import { operators } from './cases/operators';
import { paging } from './cases/paging';
import { queries } from './cases/queries';
import { refusals } from './cases/refusals';
import { repeating } from './cases/repeating';
import { signIn } from './cases/signIn';
import { tokens } from './cases/tokens';
import { waysOfSigningIn } from './cases/waysOfSigningIn';
import type { ContractCase } from './contractCase';

/** The one list: what our client and a tenant are held to. */
export const cases: Readonly<Record<string, readonly ContractCase[]>> = {
  'sign-in': signIn,
  'ways of signing in': waysOfSigningIn,
  tokens,
  objects,
  operations,
  operators,
  queries,
  paging,
  'several records': batches,
  'digits and texts': fidelity,
  'error codes': errors,
  repeating,
  'answers of others': foreignAnswers,
  faults: faultsDuringOperations,
  'what is not sent': refusals,
};
