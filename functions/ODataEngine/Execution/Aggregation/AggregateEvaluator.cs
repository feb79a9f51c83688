using System.Globalization;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Aggregation;

/// <summary>Evaluates one aggregate expression over rows (OData Data Aggregation 4.0, 3.2.1). Nulls are ignored.</summary>
internal sealed class AggregateEvaluator
{
    private readonly AggregateExpression aggregate;
    private readonly int slot;
    private readonly CollectionNode? collection;
    private readonly int itemSlot;
    private readonly Node? value;
    private readonly Collation? collation;
    private readonly int nodeCount;

    public AggregateEvaluator(ExpressionCompiler compiler, int slot, AggregateExpression aggregate)
    {
        this.aggregate = aggregate;
        this.slot = slot;
        if (aggregate.Collection is not null)
        {
            collection = compiler.CompileCollection(aggregate.Collection);
            if (aggregate.Item is not null)
            {
                compiler.Bind(aggregate.Item, collection.Table);
                itemSlot = aggregate.Item.Slot;
            }
        }

        var before = compiler.CompiledNodeCount;
        if (aggregate.Value is not null)
        {
            value = compiler.Compile(aggregate.Value);
            collation = aggregate.Method is AggregationMethod.Min or AggregationMethod.Max ? compiler.FindCollation(aggregate.Value) : null;
        }

        nodeCount = compiler.CompiledNodeCount - before + 1;
    }

    /// <summary>Gets the aggregate, as the CLR type of its result; null if the standard defines it as null.</summary>
    public object? Evaluate(ReadOnlySpan<int> rows, EvaluationContext context)
    {
        if (value is null)
        {
            return ConvertResult(aggregate.ResultType, Count(rows, context));
        }

        return TypeDispatcher.Dispatch(aggregate.Value!.Type!, new AggregateOperation(this, rows.ToArray(), context));
    }

    private long Count(ReadOnlySpan<int> rows, EvaluationContext context)
    {
        if (collection is null)
        {
            return rows.Length;
        }

        // An item that several rows share is counted once (3.2.1.1: the collection is the union of those of the rows).
        var items = new HashSet<int>();
        foreach (var row in rows)
        {
            context.Rows[slot] = row;
            var range = collection.GetRows(context);
            context.Budget.ConsumeSteps(1 + range.Count, 1);
            for (var i = 0; i < range.Count; i++)
            {
                items.Add(range[i]);
            }
        }

        return items.Count;
    }

    private List<T> GetValues<T>(int[] rows, EvaluationContext context)
    {
        var node = (Node<T>)value!;
        var values = new List<T>(rows.Length);
        var seen = collection is null ? null : new HashSet<int>();
        context.Budget.ConsumeSteps(rows.Length, nodeCount);
        foreach (var row in rows)
        {
            context.Rows[slot] = row;
            if (collection is null)
            {
                if (node.TryGet(context, out var rowValue))
                {
                    values.Add(rowValue);
                }

                continue;
            }

            var range = collection.GetRows(context);
            context.Budget.ConsumeSteps(range.Count, nodeCount);
            for (var i = 0; i < range.Count; i++)
            {
                context.Rows[itemSlot] = range[i];
                if (seen!.Add(range[i]) && node.TryGet(context, out var item))
                {
                    values.Add(item);
                }
            }
        }

        return values;
    }

    private static object? ConvertResult(DataType type, object? value) => (type, value) switch
    {
        (_, null) => null,
        (PrimitiveType { Kind: PrimitiveKind.Int64 }, _) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Int32 }, _) => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Decimal }, _) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Double }, _) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (PrimitiveType { Kind: PrimitiveKind.Single }, _) => Convert.ToSingle(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private readonly record struct AggregateOperation(AggregateEvaluator Evaluator, int[] Rows, EvaluationContext Context) : TypeDispatcher.ITypedOperation<object?>
    {
        public object? Invoke<T>()
        {
            var values = Evaluator.GetValues<T>(Rows, Context);
            var type = Evaluator.aggregate.ResultType;
            var compare = ValueComparer<T>.GetComparison(Evaluator.collation);
            try
            {
                return Evaluator.aggregate.Method switch
                {
                    AggregationMethod.CountDistinct => ConvertResult(type, (long)new HashSet<T>(values, ValueComparer<T>.Equality).Count),
                    AggregationMethod.Count => ConvertResult(type, (long)values.Count),
                    _ when values.Count == 0 => null,
                    AggregationMethod.Min => values.Aggregate((min, value) => compare(value, min) < 0 ? value : min),
                    AggregationMethod.Max => values.Aggregate((max, value) => compare(value, max) > 0 ? value : max),
                    AggregationMethod.Sum => ConvertResult(type, Sum(values)),
                    _ => ConvertResult(type, Average(values)),
                };
            }
            catch (OverflowException)
            {
                // A sum that overflows its type is null.
                return null;
            }
        }

        private static object Sum<T>(List<T> values) => values switch
        {
            List<double> doubles => doubles.Sum(),
            List<float> floats => floats.Sum(value => (double)value),
            List<decimal> decimals => decimals.Sum(),
            List<TimeSpan> durations => TimeSpan.FromTicks(durations.Sum(duration => duration.Ticks)),
            _ => values.Sum(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        };

        private static object Average<T>(List<T> values) => Sum(values) switch
        {
            double sum => sum / values.Count,
            TimeSpan sum => sum / values.Count,
            decimal sum => sum / values.Count,
            var sum => sum,
        };
    }
}
