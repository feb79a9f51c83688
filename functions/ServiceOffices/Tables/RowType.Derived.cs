namespace ServiceOffices.Tables;

// Types that derive from the one described: their columns stand behind its own, null at the rows of other types.
public sealed partial class RowType<TRow>
{
    // From so many on, columns are made on all processors.
    private const int ManyRows = 4096;

    private readonly List<Derivation> derived = [];
    private Func<StructuredType>? baseType;
    private StructuredType? type;

    /// <summary>The type as described; nothing can be added after it was first asked for.</summary>
    public StructuredType Type => type ?? Describe();

    /// <summary>Says that rows which are of <typeparamref name="TSub"/> are of a derived type, with that type's properties besides these.</summary>
    /// <param name="sub">Describes the properties that only the derived type has.</param>
    public RowType<TRow> Derived<TSub>(RowType<TSub> sub)
        where TSub : class, TRow
    {
        sub.baseType = () => Type;
        derived.Add(new Derivation(
            own => sub.Describe(own),
            row => row is TSub its ? sub.TypeOf(its) : null,
            rows => sub.AllColumns(As<TSub>(rows)),
            (rows, tables, own, round) => sub.Link(As<TSub>(rows), own, tables, round)));
        return this;
    }

    /// <summary>A table of these rows, its navigation not linked yet.</summary>
    internal Table Columns(IReadOnlyList<TRow?> rows)
    {
        var described = Type;
        StructuredType[]? actual = derived.Count == 0 ? null : [.. rows.Select(row => row is null ? described : TypeOf(row))];
        var isUniform = actual is null || Array.TrueForAll(actual, own => ReferenceEquals(own, described));
        return new Table(described, rows.Count, [.. AllColumns(rows)], isUniform ? null : actual);
    }

    /// <summary>Links the navigation properties of one round; an earlier round is linked in every table.</summary>
    internal void Link(IReadOnlyList<TRow?> rows, Table own, IReadOnlyDictionary<string, Table> tables, LinkRound round)
    {
        foreach (var link in links.Where(link => link.Round == round))
        {
            own.Link(link.Make(rows, tables, own));
        }

        derived.ForEach(sub => sub.Link(rows, tables, own, round));
    }

    private StructuredType Describe()
    {
        if (baseType is null)
        {
            Describe(null);
        }
        else
        {
            // The base type describes all that derive from it.
            _ = baseType();
        }

        return type!;
    }

    private void Describe(StructuredType? derivesFrom)
    {
        var described = derivesFrom is null ? new StructuredType(ns, name, properties, key) { Terms = terms, Occasion = occasion } : StructuredType.Derived(derivesFrom, ns, name, properties);
        type = described;
        derived.ForEach(sub => sub.Describe(described));
    }

    private StructuredType TypeOf(TRow row)
    {
        foreach (var sub in derived)
        {
            if (sub.TypeOf(row) is { } own)
            {
                return own;
            }
        }

        return Type;
    }

    private IEnumerable<Column?> AllColumns(IReadOnlyList<TRow?> rows) =>
        OwnColumns(rows).Concat(derived.SelectMany(sub => sub.Columns(rows)));

    private Column?[] OwnColumns(IReadOnlyList<TRow?> rows)
    {
        if (rows.Count < ManyRows)
        {
            return [.. readers.Select(reader => reader?.Invoke(rows))];
        }

        var columns = new Column?[readers.Count];
        Parallel.For(0, columns.Length, i => columns[i] = readers[i]?.Invoke(rows));
        return columns;
    }

    private static TSub?[] As<TSub>(IReadOnlyList<TRow?> rows)
        where TSub : class, TRow => [.. rows.Select(row => row as TSub)];

    /// <summary>A derived type's description, whatever its rows' CLR type.</summary>
    /// <param name="TypeOf">A row's type if it is of this one, else null.</param>
    private sealed record Derivation(
        Action<StructuredType> Describe,
        Func<TRow, StructuredType?> TypeOf,
        Func<IReadOnlyList<TRow?>, IEnumerable<Column?>> Columns,
        Action<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, LinkRound> Link);
}
