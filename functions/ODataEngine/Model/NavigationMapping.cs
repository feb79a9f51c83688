namespace ODataEngine.Model;

/// <summary>Describes how the targets of a navigation property are found, and links the property once the required tables exist.</summary>
/// <param name="link">Creates the column from the rows, all tables by set, and the table of the rows itself.</param>
internal sealed class NavigationMapping<TRow>(LinkPhase phase, Func<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, NavigationColumn> link)
    where TRow : class
{
    public LinkPhase Phase => phase;

    public NavigationColumn Link(IReadOnlyList<TRow?> rows, IReadOnlyDictionary<string, Table> tables, Table ownTable) => link(rows, tables, ownTable);

    /// <summary>Targets the entity with the key that is read; null or an unknown key has no target.</summary>
    public static NavigationMapping<TRow> ByKey(Property property, Func<TRow, object?> readKey) => new(LinkPhase.ForeignKeys, (rows, tables, _) =>
    {
        var target = tables[property.TargetSet!];
        return CreateColumn(property, target, rows.Count, (row, targets) =>
        {
            if (rows[row] is { } from && readKey(from) is { } key)
            {
                AddTarget(target, key, targets);
            }
        });
    });

    /// <summary>Targets the entities with the keys that are read; unknown keys have no target.</summary>
    public static NavigationMapping<TRow> ByKeys(Property property, Func<TRow, IEnumerable<object>> readKeys) => new(LinkPhase.ForeignKeys, (rows, tables, _) =>
    {
        var target = tables[property.TargetSet!];
        return CreateColumn(property, target, rows.Count, (row, targets) =>
        {
            if (rows[row] is { } from)
            {
                foreach (var key in readKeys(from))
                {
                    AddTarget(target, key, targets);
                }
            }
        });
    });

    /// <summary>Targets the entities whose <see cref="Property.Partner"/> property targets this one.</summary>
    public static NavigationMapping<TRow> Inverse(Property property) => new(LinkPhase.Inverses, (rows, tables, _) =>
    {
        var target = tables[property.TargetSet!];
        var partner = (NavigationColumn)target[property.Partner!];
        var targetsByOwner = new List<int>?[rows.Count];
        for (var row = 0; row < target.Count; row++)
        {
            foreach (var owner in partner.GetTargets(row))
            {
                (targetsByOwner[owner] ??= []).Add(row);
            }
        }

        return CreateColumn(property, target, rows.Count, (row, targets) => targets.AddRange(targetsByOwner[row] ?? []));
    });

    /// <summary>Targets the entities at the end of a path of two navigation properties, each entity once.</summary>
    public static NavigationMapping<TRow> Through(Property property, string firstNavigation, string secondNavigation) => new(LinkPhase.Paths, (rows, tables, ownTable) =>
    {
        var first = (NavigationColumn)ownTable[firstNavigation];
        var second = (NavigationColumn)first.Target[secondNavigation];
        return CreateColumn(property, tables[property.TargetSet!], rows.Count, (row, targets) =>
            targets.AddRange(first.GetTargets(row).ToArray().SelectMany(middle => second.GetTargets(middle).ToArray()).Distinct().Order()));
    });

    private static void AddTarget(Table target, object key, List<int> targets)
    {
        if (target.FindRowBySingleKey(key) is >= 0 and var row)
        {
            targets.Add(row);
        }
    }

    /// <param name="addTargets">Adds the targets of a row to a list.</param>
    private static NavigationColumn CreateColumn(Property property, Table target, int count, Action<int, List<int>> addTargets)
    {
        var starts = new int[count + 1];
        var rows = new List<int>(count);
        for (var row = 0; row < count; row++)
        {
            addTargets(row, rows);
            starts[row + 1] = rows.Count;
        }

        return new NavigationColumn(property, target, starts, [.. rows]);
    }
}

/// <summary>The phase in which a navigation property is linked; each phase needs the previous ones to be complete in every table.</summary>
internal enum LinkPhase
{
    /// <summary>Properties that are found by the keys of their targets.</summary>
    ForeignKeys,

    /// <summary>Properties that invert one of the first phase.</summary>
    Inverses,

    /// <summary>Properties that follow two others.</summary>
    Paths,
}
