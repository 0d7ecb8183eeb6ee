import { Disclosure, useFormats } from '../ui/index.ts';

interface LeftOutProps {
  readonly label: string;
  readonly heads: { readonly reason: string; readonly count: string; readonly examples: string };
  readonly rows: readonly {
    readonly reason: string;
    readonly count: number;
    /** Each as the parts it is read in: where, and what stood there. */
    readonly examples: readonly (readonly string[])[];
  }[];
}

/** What could not be taken in, by reason, with the first places to look at; closed until somebody asks. */
export function LeftOut({ label, heads, rows }: LeftOutProps) {
  const formats = useFormats();
  return (
    <Disclosure label={label}>
      <div className="mt-1 overflow-x-auto">
        <table className="w-full">
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              <th scope="col" className="py-1.5 pe-4 text-start font-medium">
                {heads.reason}
              </th>
              <th scope="col" className="py-1.5 pe-4 text-end font-medium">
                {heads.count}
              </th>
              <th scope="col" className="py-1.5 text-start font-medium">
                {heads.examples}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => (
              <tr key={each.reason} className="border-b border-line align-top last:border-0">
                <th scope="row" className="py-2 pe-4 text-start font-normal text-ink">
                  {each.reason}
                </th>
                <td className="tabular py-2 pe-4 text-end">{formats.count(each.count)}</td>
                <td className="py-2 text-muted">
                  <ul>
                    {each.examples.map((parts) => (
                      <li key={parts.join('-')} className="wrap-anywhere">
                        {parts.map((part, index) => (
                          <span key={part}>
                            {index > 0 && ': '}
                            <bdi>{part}</bdi>
                          </span>
                        ))}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}
