using ServiceOffices.Indexes;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Finds for each part of a condition over a whole table what answers it fastest: a range of codes, a look at each value, or its node.</summary>
internal sealed class SelectionCompiler(Compiler compiler, Table table, Variable row)
{
    public Selection Compile(Expression condition) => condition switch
    {
        Binary { Operator: BinaryOperator.And } and => new Both(Compile(and.Left), Compile(and.Right)),
        Binary { Operator: BinaryOperator.Or } or => new Either(Compile(or.Left), Compile(or.Right)),
        _ => (Selection?)InRange(condition) ?? OfValues(condition) ?? OfItems(condition) ?? (Selection?)Near(condition) ?? OfNode(condition),
    };

    /// <summary>A column compared with a constant.</summary>
    private CodeRange? InRange(Expression condition)
    {
        if (condition is not Binary binary || Sides(binary) is not var (path, comparison, value)
            || ColumnAt(path, row, table) is not { } column || compiler.Indexes.Of(column, table.Count) is not { } index)
        {
            return null;
        }

        if (value is null && comparison is BinaryOperator.Eq or BinaryOperator.Ne)
        {
            return new CodeRange(index.Codes, 0, 1, comparison == BinaryOperator.Ne);
        }

        if (!index.Orders(value))
        {
            return null;
        }

        return comparison switch
        {
            BinaryOperator.Eq => new CodeRange(index.Codes, index.FirstFrom(value!), index.FirstAbove(value!), negated: false),
            BinaryOperator.Ne => new CodeRange(index.Codes, index.FirstFrom(value!), index.FirstAbove(value!), negated: true),
            BinaryOperator.Ge => new CodeRange(index.Codes, index.FirstFrom(value!), index.Count, negated: false),
            BinaryOperator.Gt => new CodeRange(index.Codes, index.FirstAbove(value!), index.Count, negated: false),
            BinaryOperator.Le => new CodeRange(index.Codes, index.FirstOrdered, index.FirstAbove(value!), negated: false),
            BinaryOperator.Lt => new CodeRange(index.Codes, index.FirstOrdered, index.FirstFrom(value!), negated: false),
            _ => null,
        };
    }

    /// <summary>What is compared with a constant, and the constant, the latter to the right; null where it is no such comparison.</summary>
    private static (Expression Compared, BinaryOperator Comparison, object? Value)? Sides(Binary binary) => (binary.Left, binary.Right) switch
    {
        (var compared and not Literal, Literal constant) => (compared, binary.Operator, constant.Value),
        (Literal constant, var compared and not Literal) => (compared, Mirrored(binary.Operator), constant.Value),
        _ => null,
    };

    private static BinaryOperator Mirrored(BinaryOperator comparison) => comparison switch
    {
        BinaryOperator.Gt => BinaryOperator.Lt,
        BinaryOperator.Ge => BinaryOperator.Le,
        BinaryOperator.Lt => BinaryOperator.Gt,
        BinaryOperator.Le => BinaryOperator.Ge,
        _ => comparison,
    };

    /// <summary>A condition on one column.</summary>
    private Selection? OfValues(Expression condition)
    {
        if (OnValues(condition, row, table) is not var (truth, index))
        {
            return null;
        }

        var exact = new CodeTruth(truth, index.Codes);
        return MayContain(condition) is { } rough ? new Both(rough, exact) : exact;
    }

    /// <summary>What <c>contains</c> of a column and a constant of two characters or more rules out at a glance.</summary>
    private TextParts? MayContain(Expression condition)
    {
        if (condition is not Call { Function: Function.Contains, Arguments: [var path, Literal { Value: string part }] }
            || ColumnAt(path, row, table) is not ValueColumn<string> column || TextSignatures.Of(part) is not (not 0 and var wanted))
        {
            return null;
        }

        var signatures = compiler.Indexes.SignaturesOf(column, table.Count, at => column.TryGet(at, out var text) ? text : null);
        return signatures is null ? null : new TextParts(signatures, wanted);
    }

    /// <summary><c>any</c> or <c>all</c> over a collection of each row, with a condition on one column of it.</summary>
    private Selection? OfItems(Expression condition)
    {
        if (condition is not Lambda { Predicate: { } predicate, Variable: { } item, Collection: PropertyAccess { Source: Variable source } access } lambda || source.Slot != row.Slot)
        {
            return null;
        }

        var column = table[access.Property];
        var items = column switch
        {
            CollectionColumn collection => collection.Elements,
            LinkColumn link => link.Target,
            _ => null,
        };
        if (items is null)
        {
            return null;
        }

        compiler.Bind(item, items);
        return (OnValues(predicate, item, items), column) switch
        {
            (var (truth, index), CollectionColumn collection) => Items(truth, index, column, collection.Starts, null, lambda.IsAll),
            (var (truth, index), LinkColumn link) => Items(truth, index, column, link.Starts, link.Rows, lambda.IsAll),
            _ => null,
        };
    }

    private Selection Items(CodeCondition truth, ColumnIndex index, Column collection, int[] starts, int[]? map, bool isAll) =>
        compiler.Indexes.MasksOf(collection, index, starts, map) is { } masks
            ? new ItemMask(masks, truth, isAll)
            : new ItemTruth(truth, index.Codes, starts, map, isAll);

    /// <summary>A point less than so many metres from a constant one.</summary>
    private Nearby? Near(Expression condition) =>
        condition is Binary binary
        && Sides(binary) is (Call distance, (BinaryOperator.Lt or BinaryOperator.Le) and var comparison, double metres)
        && PointsAndPlace(distance, row, table) is var (points, place)
            ? new Nearby(points, place, metres, comparison == BinaryOperator.Le)
            : null;

    /// <summary>What <c>geo.distance</c> is between: a column of points and a constant one, in either order; null for anything else.</summary>
    public static (ValueColumn<GeoPoint> Points, GeoPoint Place)? PointsAndPlace(Call call, Variable variable, Table of) => call switch
    {
        { Function: Function.GeoDistance, Arguments: [var path, Literal { Value: GeoPoint place }] } when ColumnAt(path, variable, of) is ValueColumn<GeoPoint> points => (points, place),
        { Function: Function.GeoDistance, Arguments: [Literal { Value: GeoPoint place }, var path] } when ColumnAt(path, variable, of) is ValueColumn<GeoPoint> points => (points, place),
        _ => null,
    };

    private (CodeCondition Truth, ColumnIndex Index)? OnValues(Expression condition, Variable variable, Table of)
    {
        Column? column = null;
        if (!IsOfOneColumn(condition, variable, of, ref column) || column is null || compiler.Indexes.Of(column, of.Count) is not { } index)
        {
            return null;
        }

        var (node, nodes) = compiler.Weighed(condition);
        return (new CodeCondition(index, node, variable.Slot, nodes), index);
    }

    private NodeTruth OfNode(Expression condition)
    {
        var (node, nodes) = compiler.Weighed(condition);
        return new NodeTruth(node, row.Slot, nodes);
    }

    /// <summary>Whether an expression depends on one column of a variable's row and on nothing else.</summary>
    private static bool IsOfOneColumn(Expression expression, Variable variable, Table of, ref Column? column)
    {
        switch (expression)
        {
            case Literal:
                return true;
            case PropertyAccess or Variable:
                if (ColumnAt(expression, variable, of) is not { } own || (column is not null && column != own))
                {
                    return false;
                }

                column = own;
                return true;
            case Unary unary:
                return IsOfOneColumn(unary.Operand, variable, of, ref column);
            case Binary binary:
                return IsOfOneColumn(binary.Left, variable, of, ref column) && IsOfOneColumn(binary.Right, variable, of, ref column);
            case Call call:
                return AreOfOneColumn(call.Arguments, variable, of, ref column);
            case Cast { Target: PrimitiveType } cast:
                return IsOfOneColumn(cast.Operand, variable, of, ref column);
            case In { List: ListExpression list } within:
                return IsOfOneColumn(within.Operand, variable, of, ref column) && AreOfOneColumn(list.Items, variable, of, ref column);
            default:
                return false;
        }
    }

    private static bool AreOfOneColumn(IReadOnlyList<Expression> expressions, Variable variable, Table of, ref Column? column)
    {
        foreach (var expression in expressions)
        {
            if (!IsOfOneColumn(expression, variable, of, ref column))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The column of single values that a path leads to from a variable's row over complex values; null where it leads elsewhere.</summary>
    public static ValueColumn? ColumnAt(Expression path, Variable variable, Table of) => path switch
    {
        Variable own when own.Slot == variable.Slot && of.Type.Find(CollectionColumn.ItemName) is { } item => of[item] as ValueColumn,
        PropertyAccess access => FieldsAt(access.Source, variable, of)?[access.Property] as ValueColumn,
        _ => null,
    };

    private static Table? FieldsAt(Expression path, Variable variable, Table of) => path switch
    {
        Variable own => own.Slot == variable.Slot ? of : null,
        PropertyAccess access => FieldsAt(access.Source, variable, of)?[access.Property] is ComplexColumn complex ? complex.Fields : null,
        _ => null,
    };
}
