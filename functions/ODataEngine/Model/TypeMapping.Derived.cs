namespace ODataEngine.Model;

// Types that derive from the one described: their columns stand behind its own, null at the rows of other types.
public sealed partial class TypeMapping<TRow>
{
    // From so many on, columns are made on all processors.
    private const int ParallelThreshold = 4096;

    private readonly List<DerivedMapping> derivedTypes = [];
    private Func<StructuredType>? baseType;
    private StructuredType? type;

    /// <summary>The type as described; nothing can be added after it was first asked for.</summary>
    public StructuredType Type => type ?? Describe();

    /// <summary>Says that rows which are of <typeparamref name="TSub"/> are of a derived type, with that type's properties besides these.</summary>
    /// <param name="derivedMapping">Describes the properties that only the derived type has.</param>
    public TypeMapping<TRow> HasDerivedType<TSub>(TypeMapping<TSub> derivedMapping)
        where TSub : class, TRow
    {
        derivedMapping.baseType = () => Type;
        derivedTypes.Add(new DerivedMapping(
            own => derivedMapping.Describe(own),
            row => row is TSub its ? derivedMapping.GetRowType(its) : null,
            rows => derivedMapping.CreateColumns(CastRows<TSub>(rows)),
            (rows, tables, own, round) => derivedMapping.Link(CastRows<TSub>(rows), own, tables, round)));
        return this;
    }

    /// <summary>A table of these rows, its navigation not linked yet.</summary>
    internal Table CreateTable(IReadOnlyList<TRow?> rows)
    {
        var declaredType = Type;
        StructuredType[]? rowTypes = derivedTypes.Count == 0 ? null : [.. rows.Select(row => row is null ? declaredType : GetRowType(row))];
        var isUniform = rowTypes is null || Array.TrueForAll(rowTypes, own => ReferenceEquals(own, declaredType));
        return new Table(declaredType, rows.Count, [.. CreateColumns(rows)], isUniform ? null : rowTypes);
    }

    /// <summary>Links the navigation properties of one round; an earlier round is linked in every table.</summary>
    internal void Link(IReadOnlyList<TRow?> rows, Table own, IReadOnlyDictionary<string, Table> tables, LinkPhase round)
    {
        foreach (var link in links.Where(link => link.Round == round))
        {
            own.Link(link.Make(rows, tables, own));
        }

        derivedTypes.ForEach(sub => sub.Link(rows, tables, own, round));
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
        var declaredType = derivesFrom is null ? new StructuredType(ns, name, properties, key) { Terms = terms, EventProperties = eventProperties } : StructuredType.CreateDerived(derivesFrom, ns, name, properties);
        type = declaredType;
        derivedTypes.ForEach(sub => sub.Describe(declaredType));
    }

    private StructuredType GetRowType(TRow row)
    {
        foreach (var sub in derivedTypes)
        {
            if (sub.GetRowType(row) is { } own)
            {
                return own;
            }
        }

        return Type;
    }

    private IEnumerable<Column?> CreateColumns(IReadOnlyList<TRow?> rows) =>
        CreateOwnColumns(rows).Concat(derivedTypes.SelectMany(sub => sub.CreateColumns(rows)));

    private Column?[] CreateOwnColumns(IReadOnlyList<TRow?> rows)
    {
        if (rows.Count < ParallelThreshold)
        {
            return [.. readers.Select(reader => reader?.Invoke(rows))];
        }

        var columns = new Column?[readers.Count];
        Parallel.For(0, columns.Length, i => columns[i] = readers[i]?.Invoke(rows));
        return columns;
    }

    private static TSub?[] CastRows<TSub>(IReadOnlyList<TRow?> rows)
        where TSub : class, TRow => [.. rows.Select(row => row as TSub)];

    /// <summary>A derived type's description, whatever its rows' CLR type.</summary>
    /// <param name="GetRowType">A row's type if it is of this one, else null.</param>
    private sealed record DerivedMapping(
        Action<StructuredType> Describe,
        Func<TRow, StructuredType?> GetRowType,
        Func<IReadOnlyList<TRow?>, IEnumerable<Column?>> CreateColumns,
        Action<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, LinkPhase> Link);
}
