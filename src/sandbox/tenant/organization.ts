import type { JsonObject, JsonValue } from '../../base/json';
import type { RecordStore } from '../store/recordStore';
import { asText } from '../text';
import { joined, systemUserId, type Department, type Employee } from './people';

/** An employee as its PersonnelObj record has it now. */
export interface Person extends Employee {
  phone: string;
  email: string;
  employeeNumber: string;
  isStopped: boolean;
  /** Epoch milliseconds. */
  changed: number;
}
/** A department as its DepartmentObj record has it now. */
export interface Unit extends Department {
  recordId: string;
  manager?: string;
  isStopped: boolean;
  changed: number;
}

/** Who works here and where, read from the records of PersonnelObj and DepartmentObj whenever those have changed. */
export class Organization {
  private read: { people: Map<string, Person>; units: Map<string, Unit> } | undefined;

  constructor(
    private readonly personnel: RecordStore,
    private readonly departments: RecordStore,
    private readonly tenantId: string,
  ) {}

  /** To be told that a record of either object has changed. */
  forget(): void {
    this.read = undefined;
  }

  get people(): ReadonlyMap<string, Person> {
    return this.current.people;
  }

  get units(): ReadonlyMap<string, Unit> {
    return this.current.units;
  }

  isPerson(id: string): boolean {
    return id === systemUserId || this.people.has(id);
  }

  /** A department and, if wanted, all below it. */
  unitsFrom(id: string, withChildren: boolean): string[] {
    if (!withChildren) return [id];
    const children = [...this.units.values()].filter(unit => unit.parent === id);
    return [id, ...children.flatMap(child => this.unitsFrom(child.id, true))];
  }

  /** The map that `…__r` and the entries of `…__l` hold for a person (api-facts.md 4.3). */
  personMap(id: string): JsonObject | undefined {
    if (id === systemUserId) return { name: '系统', id };
    const person = this.people.get(id);
    if (!person) return undefined;
    const map: Record<string, JsonValue> = {
      picAddr: '',
      description: '',
      dept: person.department,
      modifyTime: person.changed,
      post: person.post,
      createTime: joined,
      phone: person.phone,
      name: person.name,
      nickname: person.name,
      tenantId: this.tenantId,
      id,
      email: person.email,
      status: Number(person.isStopped),
    };
    if (person.leader) map['supervisorId'] = person.leader;
    return map;
  }

  /** The map that `…__r` and the entries of `…__l` hold for a department (api-facts.md 4.3). */
  departmentMap(id: string): JsonObject | undefined {
    const unit = this.units.get(id);
    if (!unit) return undefined;
    const map: JsonObject = { deptName: unit.name, deptId: id, status: Number(unit.isStopped) };
    if (unit.parent) map['parentId'] = unit.parent;
    return map;
  }

  /** A number that no employee has; of an object that numbers itself, what a new record's number field holds. */
  numberFor(apiName: string): Record<string, string> {
    const next = (ids: Iterable<string>): string =>
      String(1 + Math.max(...[...ids].map(Number).filter(id => id < 900_000)));
    if (apiName === this.personnel.object.apiName) return { user_id: next(this.people.keys()) };
    if (apiName === this.departments.object.apiName) return { dept_id: next(this.units.keys()) };
    return {};
  }

  private get current() {
    return (this.read ??= { people: this.readPeople(), units: this.readUnits() });
  }

  private readPeople(): Map<string, Person> {
    const people = new Map<string, Person>();
    for (const { text, first, time } of rowsOf(this.personnel)) {
      const leader = first('leader');
      people.set(text('user_id'), {
        id: text('user_id'),
        name: text('name'),
        department: first('main_department') ?? '999999',
        post: text('position'),
        sex: text('sex'),
        phone: text('phone'),
        email: text('email'),
        employeeNumber: text('employee_number'),
        isStopped: text('status') === '1',
        changed: time,
        ...(leader !== undefined && { leader }),
      });
    }
    return people;
  }

  private readUnits(): Map<string, Unit> {
    const units = new Map<string, Unit>();
    for (const { text, first, time } of rowsOf(this.departments)) {
      const [parent, manager] = [first('parent_id'), first('manager_id')];
      units.set(text('dept_id'), {
        id: text('dept_id'),
        recordId: text('_id'),
        name: text('name'),
        isStopped: text('status') === '1',
        changed: time,
        ...(parent !== undefined && { parent }),
        ...(manager !== undefined && { manager }),
      });
    }
    return units;
  }
}

function* rowsOf(store: RecordStore) {
  for (let position = 0; position < store.end; position++) {
    if (!store.existsAt(position) || store.isInvalidAt(position)) continue;
    const text = (name: string): string => asText(store.valueAt(position, name) ?? '');
    const first = (name: string): string | undefined => {
      const value = store.valueAt(position, name);
      const [item] = Array.isArray(value) ? value : [];
      return item === undefined ? undefined : asText(item);
    };
    yield { text, first, time: store.isChangedAt(position) ? Number(text('last_modified_time')) : joined };
  }
}
