using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Indexes;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Filters;

/// <summary>Chooses the fastest filter for each part of a condition over a whole table: a range of codes, a test per distinct value, or the node itself.</summary>
internal sealed class RowFilterCompiler(IndexCache indexes, Table table, Variable row)
{
    /// <summary>Creates the filter of a condition.</summary>
    public RowFilter Compile(CompiledCondition condition) => condition.Expression switch
    {
        BinaryExpression { Operator: BinaryOperator.And } => new AndFilter(Compile(condition.Left!), Compile(condition.Right!)),
        BinaryExpression { Operator: BinaryOperator.Or } => new OrFilter(Compile(condition.Left!), Compile(condition.Right!)),
        var expression => (RowFilter?)CompileRange(expression)
            ?? CompileColumnCondition(condition)
            ?? CompileLambda(condition)
            ?? (RowFilter?)CompileDistance(expression)
            ?? new ExpressionFilter(condition.Node, row.Slot, condition.NodeCount),
    };

    /// <summary>Creates the filter of a comparison of a column with a constant; null for other conditions.</summary>
    private CodeRangeFilter? CompileRange(Expression condition)
    {
        if (condition is not BinaryExpression binary || GetComparison(binary) is not var (path, comparison, value)
            || FindColumn(path, row, table) is not { } column || indexes.GetOrCreate(column, table.Count) is not { } index)
        {
            return null;
        }

        if (value is null && comparison is BinaryOperator.Eq or BinaryOperator.Ne)
        {
            return new CodeRangeFilter(index.Codes, 0, 1, comparison == BinaryOperator.Ne);
        }

        if (!index.IsComparable(value))
        {
            return null;
        }

        return comparison switch
        {
            BinaryOperator.Eq => new CodeRangeFilter(index.Codes, index.GetLowerBound(value!), index.GetUpperBound(value!), negated: false),
            BinaryOperator.Ne => new CodeRangeFilter(index.Codes, index.GetLowerBound(value!), index.GetUpperBound(value!), negated: true),
            BinaryOperator.Ge => new CodeRangeFilter(index.Codes, index.GetLowerBound(value!), index.CodeCount, negated: false),
            BinaryOperator.Gt => new CodeRangeFilter(index.Codes, index.GetUpperBound(value!), index.CodeCount, negated: false),
            BinaryOperator.Le => new CodeRangeFilter(index.Codes, index.FirstComparableCode, index.GetUpperBound(value!), negated: false),
            BinaryOperator.Lt => new CodeRangeFilter(index.Codes, index.FirstComparableCode, index.GetLowerBound(value!), negated: false),
            _ => null,
        };
    }

    /// <summary>Gets the parts of a comparison with a constant, the constant on the right; null if neither or both sides are constants.</summary>
    private static (Expression Compared, BinaryOperator Comparison, object? Value)? GetComparison(BinaryExpression binary) => (binary.Left, binary.Right) switch
    {
        (var compared and not Literal, Literal constant) => (compared, binary.Operator, constant.Value),
        (Literal constant, var compared and not Literal) => (compared, Mirror(binary.Operator), constant.Value),
        _ => null,
    };

    private static BinaryOperator Mirror(BinaryOperator comparison) => comparison switch
    {
        BinaryOperator.Gt => BinaryOperator.Lt,
        BinaryOperator.Ge => BinaryOperator.Le,
        BinaryOperator.Lt => BinaryOperator.Gt,
        BinaryOperator.Le => BinaryOperator.Ge,
        _ => comparison,
    };

    /// <summary>Creates the filter of a condition that depends on one column only; null for other conditions.</summary>
    private RowFilter? CompileColumnCondition(CompiledCondition condition)
    {
        if (CompileCodeCondition(condition.Expression, condition.Node, condition.NodeCount, row, table) is not var (codeCondition, index))
        {
            return null;
        }

        var exact = new CodeConditionFilter(codeCondition, index.Codes);
        return CompileSignatureFilter(condition.Expression) is { } signatureFilter ? new AndFilter(signatureFilter, exact) : exact;
    }

    /// <summary>Creates the filter that excludes most rows of <c>contains</c> with a column and a constant of at least two characters; null for other conditions.</summary>
    private SignatureFilter? CompileSignatureFilter(Expression condition)
    {
        if (condition is not FunctionCall { Function: CanonicalFunction.Contains, Arguments: [var path, Literal { Value: string part }] }
            || FindColumn(path, row, table) is not ValueColumn<string> column || StringSignatures.Compute(part) is not (not 0 and var required))
        {
            return null;
        }

        var signatures = indexes.GetOrCreateSignatures(column, table.Count, at => column.TryGet(at, out var text) ? text : null);
        return signatures is null ? null : new SignatureFilter(signatures, required);
    }

    /// <summary>Creates the filter of <c>any</c> or <c>all</c> over a collection of each row, with a condition on one column of the items; null for other conditions.</summary>
    private RowFilter? CompileLambda(CompiledCondition condition)
    {
        if (condition.Expression is not LambdaExpression { Predicate: { } predicate, Variable: { } item, Collection: PropertyAccess { Source: Variable source } access } lambda
            || source.Slot != row.Slot || condition.Node is not LambdaNode { Predicate: { } predicateNode } node)
        {
            return null;
        }

        var column = table[access.Property];
        var items = column switch
        {
            CollectionColumn collection => collection.Elements,
            NavigationColumn navigation => navigation.Target,
            _ => null,
        };
        if (items is null)
        {
            return null;
        }

        return (CompileCodeCondition(predicate, predicateNode, node.NodeCount, item, items), column) switch
        {
            (var (codeCondition, index), CollectionColumn collection) => CreateItemFilter(codeCondition, index, column, collection.Starts, null, lambda.IsAll),
            (var (codeCondition, index), NavigationColumn navigation) => CreateItemFilter(codeCondition, index, column, navigation.Starts, navigation.Rows, lambda.IsAll),
            _ => null,
        };
    }

    private RowFilter CreateItemFilter(CodeCondition codeCondition, ColumnIndex index, Column collection, int[] starts, int[]? rowMap, bool isAll) =>
        indexes.GetOrCreateMasks(collection, index, starts, rowMap) is { } masks
            ? new ItemMaskFilter(masks, codeCondition, isAll)
            : new ItemConditionFilter(codeCondition, index.Codes, starts, rowMap, isAll);

    /// <summary>Creates the filter of a distance from a constant point below a constant limit; null for other conditions.</summary>
    private DistanceFilter? CompileDistance(Expression condition) =>
        condition is BinaryExpression binary
        && GetComparison(binary) is (FunctionCall distance, (BinaryOperator.Lt or BinaryOperator.Le) and var comparison, double metres)
        && FindDistanceOperands(distance, row, table) is var (points, center)
            ? new DistanceFilter(points, center, metres, comparison == BinaryOperator.Le)
            : null;

    /// <summary>Finds the operands of <c>geo.distance</c> if they are a column of points and a constant point, in either order; null for other calls.</summary>
    public static (ValueColumn<GeoPoint> Points, GeoPoint Center)? FindDistanceOperands(FunctionCall call, Variable variable, Table source) => call switch
    {
        { Function: CanonicalFunction.GeoDistance, Arguments: [var path, Literal { Value: GeoPoint center }] } when FindColumn(path, variable, source) is ValueColumn<GeoPoint> points => (points, center),
        { Function: CanonicalFunction.GeoDistance, Arguments: [Literal { Value: GeoPoint center }, var path] } when FindColumn(path, variable, source) is ValueColumn<GeoPoint> points => (points, center),
        _ => null,
    };

    private (CodeCondition Condition, ColumnIndex Index)? CompileCodeCondition(Expression condition, Node<bool> node, int nodeCount, Variable variable, Table source)
    {
        Column? column = null;
        return DependsOnOneColumn(condition, variable, source, ref column) && column is not null && indexes.GetOrCreate(column, source.Count) is { } index
            ? (new CodeCondition(index, node, variable.Slot, nodeCount), index)
            : null;
    }

    /// <summary>Tests whether an expression depends on one column of a variable's row and on nothing else.</summary>
    private static bool DependsOnOneColumn(Expression expression, Variable variable, Table source, ref Column? column)
    {
        switch (expression)
        {
            case Literal:
                return true;
            case PropertyAccess or Variable:
                if (FindColumn(expression, variable, source) is not { } found || (column is not null && column != found))
                {
                    return false;
                }

                column = found;
                return true;
            case UnaryExpression unary:
                return DependsOnOneColumn(unary.Operand, variable, source, ref column);
            case BinaryExpression binary:
                return DependsOnOneColumn(binary.Left, variable, source, ref column) && DependsOnOneColumn(binary.Right, variable, source, ref column);
            case FunctionCall call:
                return DependOnOneColumn(call.Arguments, variable, source, ref column);
            case CastExpression { Target: PrimitiveType } cast:
                return DependsOnOneColumn(cast.Operand, variable, source, ref column);
            case InExpression { List: ListExpression list } inExpression:
                return DependsOnOneColumn(inExpression.Operand, variable, source, ref column) && DependOnOneColumn(list.Items, variable, source, ref column);
            default:
                return false;
        }
    }

    private static bool DependOnOneColumn(IReadOnlyList<Expression> expressions, Variable variable, Table source, ref Column? column)
    {
        foreach (var expression in expressions)
        {
            if (!DependsOnOneColumn(expression, variable, source, ref column))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds the column of single values at the end of a path from a variable's row through complex values; null for other paths.</summary>
    public static ValueColumn? FindColumn(Expression path, Variable variable, Table source) => path switch
    {
        Variable root when root.Slot == variable.Slot && source.Type.Find(CollectionColumn.ItemName) is { } item => source[item] as ValueColumn,
        PropertyAccess access => FindTable(access.Source, variable, source)?[access.Property] as ValueColumn,
        _ => null,
    };

    private static Table? FindTable(Expression path, Variable variable, Table source) => path switch
    {
        Variable root => root.Slot == variable.Slot ? source : null,
        PropertyAccess access => FindTable(access.Source, variable, source)?[access.Property] is ComplexColumn complex ? complex.Fields : null,
        _ => null,
    };
}
