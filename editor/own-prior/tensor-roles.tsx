import { useTranslation } from "react-i18next";
import type { Convention } from "./convention.ts";
import type { AnswerTo } from "./prior-checks.ts";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

const roles = ["input", "timeInput", "output"] as const;

/** Which of a network's tensors is what, where that has to be said; it is read again at once. */
export function TensorRoles({ read }: { readonly read: AnswerTo<"read"> }) {
  const { t } = useTranslation();
  const { set, read: again } = useOwnPriorActions();
  const convention = useOwnPrior(({ draft }) => draft.convention);
  const wasSaid = useOwnPrior(({ draft }) =>
    roles.some((role) => draft.sources[role] === "person"),
  );
  if (read.issues.length === 0 && !(wasSaid || convention.constants !== undefined)) return null;
  const say = (fields: Convention) => {
    set(fields);
    void again();
  };
  const { inputs, outputs } = read.signature;
  const taken = [convention.input, convention.timeInput];
  const others = inputs.filter(({ name }) => !taken.includes(name));
  return (
    <fieldset className="own-prior-question">
      <legend>{t("priors.roles.title")}</legend>
      <div className="own-prior-numbers">
        {roles.map((role) => (
          <label key={role} className="own-prior-number">
            <span>{t(`priors.roles.${role}`)}</span>
            <select
              value={convention[role] ?? ""}
              onChange={({ target }) =>
                say({ [role]: target.value === "" ? undefined : target.value })
              }
            >
              <option value="">{t("priors.roles.untold")}</option>
              {(role === "output" ? outputs : inputs).map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        ))}
        {convention.input !== undefined &&
          others.map(({ name }) => (
            <label key={name} className="own-prior-number">
              <span>{t("priors.roles.constant", { name })}</span>
              <input
                type="number"
                step="any"
                defaultValue={convention.constants?.[name] ?? ""}
                onBlur={({ target }) => {
                  if (!Number.isNaN(target.valueAsNumber))
                    say({ constants: { ...convention.constants, [name]: target.valueAsNumber } });
                }}
              />
            </label>
          ))}
      </div>
    </fieldset>
  );
}
