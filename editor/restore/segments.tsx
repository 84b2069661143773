interface Props<T extends number | string> {
  readonly label: string;
  /** Of the radio buttons, unique on the page. */
  readonly name: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

/** A few choices beside one another, of which one holds. */
export function Segments<T extends number | string>(props: Props<T>) {
  const { label, name, value, options, onChange } = props;
  return (
    <div className="restore-row" role="radiogroup" aria-label={label}>
      <span>{label}</span>
      <span className="restore-segments">
        {options.map((option) => (
          <label key={option.value} className="restore-segment">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </span>
    </div>
  );
}
