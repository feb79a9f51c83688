using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Indexes;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Compiles bound expressions to nodes over the tables of one publication.</summary>
internal sealed class ExpressionCompiler
{
    private readonly Table?[] tablesBySlot;
    private readonly ComparisonCompiler comparisons;
    private readonly ArithmeticCompiler arithmetic;
    private readonly FunctionCompiler functions;
    private readonly CollectionFunctionCompiler collectionFunctions;

    /// <param name="slots">The number of variables of the query.</param>
    /// <param name="now">The value of <c>now()</c> throughout the request, in UTC.</param>
    public ExpressionCompiler(TableSet tables, int slots, DateTimeOffset now, ODataLimits limits, IndexCache indexes)
    {
        Tables = tables;
        Now = now;
        Limits = limits;
        Indexes = indexes;
        tablesBySlot = new Table?[slots];
        arithmetic = new ArithmeticCompiler(this);
        functions = new FunctionCompiler(this);
        collectionFunctions = new CollectionFunctionCompiler(this);
        comparisons = new ComparisonCompiler(this, collectionFunctions);
    }

    public TableSet Tables { get; }

    public DateTimeOffset Now { get; }

    public ODataLimits Limits { get; }

    public IndexCache Indexes { get; }

    /// <summary>The number of nodes compiled so far; a difference is the maximum number that one evaluation uses, not counting those of nested loops.</summary>
    public int CompiledNodeCount { get; private set; }

    /// <summary>
    /// The number of nodes compiled so far that can fail a request because of the values in one row, as a division can. They are evaluated
    /// for every row.
    /// </summary>
    public int FallibleNodeCount { get; private set; }

    /// <summary>The language whose order the query uses; null if the result does not depend on a language.</summary>
    public string? OrderLanguage { get; private set; }

    /// <summary>Finds the collation of an expression by which its values are compared; null for the order by code unit.</summary>
    public Collation? FindCollation(Expression expression) => Use(CollationRules.Find(expression));

    /// <summary>Finds the collation of a comparison; null for the order by code unit.</summary>
    public Collation? FindOperandCollation(BinaryExpression comparison) => Use(CollationRules.FindOfOperands(comparison));

    private Collation? Use(Collation? collation)
    {
        if (collation is null || !Indexes.UsesCollations)
        {
            return null;
        }

        OrderLanguage = collation.Language;
        return collation;
    }

    public void CountFallibleNode() => FallibleNodeCount++;

    /// <summary>Finds the index of a column of a published table; null if there is none, or if a query made the table.</summary>
    public ColumnIndex? FindIndex(Table table, Column column) => Tables.Contains(table) ? Indexes.GetOrCreate(column, table.Count) : null;

    /// <summary>Sets the table that a variable ranges over; required before an expression with the variable is compiled.</summary>
    public void Bind(Variable variable, Table table) => tablesBySlot[variable.Slot] = table;

    /// <summary>Compiles a condition; null counts as not true.</summary>
    public Node<bool> CompileCondition(Expression expression) => CompileValue<bool>(expression);

    /// <summary>Compiles the condition of a loop, and counts the nodes evaluated per item.</summary>
    public (Node<bool> Node, int NodeCount) CompileLoopCondition(Expression condition)
    {
        var before = CompiledNodeCount;
        return (CompileCondition(condition), CompiledNodeCount - before + 1);
    }

    /// <summary>Compiles a filter, keeping the conditions that <c>and</c> and <c>or</c> combine available one by one.</summary>
    public CompiledCondition CompileFilter(Expression filter)
    {
        if (filter is not BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } binary)
        {
            var (condition, nodeCount) = CompileLoopCondition(filter);
            return new CompiledCondition(filter, condition, nodeCount, null, null);
        }

        var before = CompiledNodeCount++;
        var (left, right) = (CompileFilter(binary.Left), CompileFilter(binary.Right));
        Node<bool> node = binary.Operator == BinaryOperator.And ? new AndNode(left.Node, right.Node) : new OrNode(left.Node, right.Node);
        return new CompiledCondition(filter, node, CompiledNodeCount - before + 1, left, right);
    }

    /// <summary>Compiles an expression of this CLR type, or the literal null.</summary>
    public Node<T> CompileValue<T>(Expression expression) => IsNull(expression)
        ? new NullNode<T>()
        : (Node<T>)Compile(expression);

    /// <summary>Compiles a single structured value.</summary>
    public RowNode CompileRow(Expression expression) => expression switch
    {
        Variable variable => new VariableRowNode(variable.Slot, GetTable(variable)),
        PropertyAccess access => CompileRowAccess(access),
        KeyAccess access => CompileKeyAccess(access),
        MissingValue { ValueType: var type } => new FixedRowNode(new Table(type, 0, [.. type.AllProperties.Select(property => ColumnBuilder.CreateEmpty(Tables, property))]), -1),
        ItemAccess item => new IndexedRowNode(CompileCollection(item.Collection), item.Index),
        CastExpression { Target: StructuredType target } cast => new CastRowNode(CompileRow(cast.Operand), target),
        _ => throw Unsupported(expression),
    };

    /// <summary>Compiles a collection whose items are rows of a table.</summary>
    public CollectionNode CompileCollection(Expression expression)
    {
        switch (expression)
        {
            case RootEntitySet root:
                return new AllRowsNode(Tables[root.EntitySet]);
            case PropertyAccess access:
                var source = CompileRow(access.Source);
                return source.Table[access.Property] switch
                {
                    CollectionColumn column => new CollectionPropertyNode(source, column),
                    NavigationColumn column => new NavigationCollectionNode(source, column),
                    _ => throw Unsupported(expression),
                };
            case CastExpression { Target: CollectionType { Element: StructuredType target } } cast:
                return new CastCollectionNode(CompileCollection(cast.Operand), target);
            case CollectionFilter filtered:
                var rows = CompileCollection(filtered.Collection);
                Bind(filtered.Variable, rows.Table);
                var (filter, nodes) = CompileLoopCondition(filtered.Filter);
                return new FilteredCollectionNode(rows, filtered.Variable.Slot, filter, nodes);
            case CollectionFlattening flattened:
                var items = CompileCollection(flattened.Collection);
                Bind(flattened.Item, items.Table);
                return new FlattenedCollectionNode(items, flattened.Item.Slot, CompileCollection(flattened.Inner));
            case FunctionCall { Function: CanonicalFunction.Substring } slice:
                CountFallibleNode();
                return new SlicedCollectionNode(CompileCollection(slice.Arguments[0]), CompileAsInt32(slice.Arguments[1]), slice.Arguments.Count > 2 ? CompileAsInt32(slice.Arguments[2]) : null);
            case FunctionCall { Function: CanonicalFunction.Concat } concat:
                var (first, second) = (CompileCollection(concat.Arguments[0]), CompileCollection(concat.Arguments[1]));
                return first.Table == second.Table ? new ConcatCollectionNode(first, second) : throw Unsupported(expression);
            default:
                throw Unsupported(expression);
        }
    }

    /// <inheritdoc cref="ArithmeticCompiler.CompileConversion"/>
    public Node CompileConversion(Expression operand, DataType target) => arithmetic.CompileConversion(operand, target);

    public Node<int> CompileAsInt32(Expression operand) => (Node<int>)CompileConversion(operand, PrimitiveType.Int32);

    /// <summary>Compiles a primitive value.</summary>
    public Node Compile(Expression expression)
    {
        CompiledNodeCount++;
        return CreateNode(expression);
    }

    private Node CreateNode(Expression expression) => expression switch
    {
        _ when IsNull(expression) => new NullNode<string>(),
        Literal literal => CompileConstant(literal),
        Variable variable => TypeDispatcher.Dispatch(variable.VariableType, new ItemOperation(variable.Slot, GetTable(variable))),
        PropertyAccess access => CompilePropertyAccess(access),
        ComputedAccess access => Compile(access.Property.Expression),
        UnaryExpression unary => Compile(unary),
        BinaryExpression binary => Compile(binary),
        InExpression list => comparisons.CompileIn(list),
        FunctionCall { Arguments: [{ Type: CollectionType }, ..] } call => collectionFunctions.Compile(call),
        FunctionCall call => functions.Compile(call),
        CastExpression cast => CompileConversion(cast.Operand, cast.Target),
        IsDefinedExpression test => CompileIsDefined(test.Access),
        IsOfExpression test => comparisons.CompileIsOf(test),
        CaseExpression branches => TypeDispatcher.Dispatch(branches.Type!, new CaseOperation(this, branches)),
        LambdaExpression lambda => Compile(lambda),
        CountExpression count => Compile(count),
        _ => throw Unsupported(expression),
    };

    public static ODataRequestException Unsupported(Expression expression) => ODataErrors.NotSupported(
        $"An expression of this form is not supported here: {expression.GetType().Name} of {expression.Type?.DisplayName ?? "null"}.");

    public static bool IsNull(Expression expression) => TypeRules.IsNull(expression);

    public static PrimitiveKind GetKind(Expression expression) => expression.Type is PrimitiveType primitive ? primitive.Kind : throw Unsupported(expression);

    private Table GetTable(Variable variable) => tablesBySlot[variable.Slot]
        ?? throw new InvalidOperationException($"The variable {variable.Name} of slot {variable.Slot} is not bound to a table.");

    private RowNode CompileRowAccess(PropertyAccess access)
    {
        var source = CompileRow(access.Source);
        return source.Table[access.Property] switch
        {
            ComplexColumn column => new ComplexRowNode(source, column),
            NavigationColumn column => new NavigationRowNode(source, column),
            _ => throw Unsupported(access),
        };
    }

    private RowNode CompileKeyAccess(KeyAccess access)
    {
        var collection = CompileCollection(access.Collection);
        var key = new object[access.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (access.Key[i] is not Literal { Value: { } value })
            {
                throw new ODataRequestException(400, ODataErrorCodes.Syntax, "A key in an expression must consist of literals.");
            }

            key[i] = value;
        }

        var row = collection.Table.FindRow(key);
        return collection is AllRowsNode || row < 0 ? new FixedRowNode(collection.Table, row) : new KeyRowNode(collection, row);
    }

    private Node CompilePropertyAccess(PropertyAccess access)
    {
        if (access.Source is Variable variable)
        {
            return TypeDispatcher.Dispatch(access.Property.Type, new VariableColumnOperation(variable.Slot, GetTable(variable)[access.Property]));
        }

        var source = CompileRow(access.Source);
        return TypeDispatcher.Dispatch(access.Property.Type, new RowColumnOperation(source, source.Table[access.Property]));
    }

    private IsDefinedNode CompileIsDefined(PropertyAccess access)
    {
        var source = CompileRow(access.Source);
        return new IsDefinedNode(source, source.Table[access.Property]);
    }

    private static Node CompileConstant(Literal literal) => literal.Type is null
        ? new NullNode<string>()
        : TypeDispatcher.Dispatch(literal.Type, new ConstantOperation(literal.Value));

    private Node Compile(UnaryExpression unary) => unary.Operator == UnaryOperator.Not
        ? new NotNode(CompileCondition(unary.Operand))
        : arithmetic.CompileNegation(unary);

    private Node Compile(BinaryExpression binary) => binary.Operator switch
    {
        BinaryOperator.And => new AndNode(CompileCondition(binary.Left), CompileCondition(binary.Right)),
        BinaryOperator.Or => new OrNode(CompileCondition(binary.Left), CompileCondition(binary.Right)),
        BinaryOperator.Eq or BinaryOperator.Ne => comparisons.CompileEquality(binary),
        BinaryOperator.Gt or BinaryOperator.Ge or BinaryOperator.Lt or BinaryOperator.Le => comparisons.CompileComparison(binary),
        BinaryOperator.Has => new FunctionNode<int, int, bool>(CompileValue<int>(binary.Left), CompileValue<int>(binary.Right), static (value, flags) => (value & flags) == flags),
        _ => arithmetic.Compile(binary),
    };

    private LambdaNode Compile(LambdaExpression lambda)
    {
        var collection = CompileCollection(lambda.Collection);
        if (lambda.Predicate is null)
        {
            return new LambdaNode(collection, 0, null, 1, lambda.IsAll);
        }

        Bind(lambda.Variable!, collection.Table);
        var (predicate, nodes) = CompileLoopCondition(lambda.Predicate);
        return new LambdaNode(collection, lambda.Variable!.Slot, predicate, nodes, lambda.IsAll);
    }

    private CountNode Compile(CountExpression count)
    {
        var collection = CompileCollection(count.Collection);
        var search = count.Search is null ? null : SearchMatcher.Create(Tables, collection.Table, count.Search);
        if (count.Filter is null)
        {
            return new CountNode(collection, 0, null, 1, search);
        }

        Bind(count.Variable!, collection.Table);
        var (filter, nodes) = CompileLoopCondition(count.Filter);
        return new CountNode(collection, count.Variable!.Slot, filter, nodes, search);
    }

    public readonly record struct ConstantOperation(object? Value) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => Value is null ? new NullNode<T>() : new ConstantNode<T>((T)Value);
    }

    private readonly record struct ItemOperation(int Slot, Table Table) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new VariableColumnNode<T>(Slot, (ValueColumn<T>)Table[CollectionColumn.ItemName]);
    }

    private readonly record struct VariableColumnOperation(int Slot, Column Column) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new VariableColumnNode<T>(Slot, (ValueColumn<T>)Column);
    }

    private readonly record struct RowColumnOperation(RowNode Source, Column Column) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new RowColumnNode<T>(Source, (ValueColumn<T>)Column);
    }

    private readonly record struct CaseOperation(ExpressionCompiler Compiler, CaseExpression Case) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>()
        {
            var compiler = Compiler;
            return new CaseNode<T>([.. Case.Branches.Select(branch => (compiler.CompileCondition(branch.Condition), compiler.CompileValue<T>(branch.Value)))]);
        }
    }
}

/// <summary>A filter with its node, and those of both operands if it is an <c>and</c> or an <c>or</c>.</summary>
/// <param name="NodeCount">The number of nodes evaluated per row.</param>
internal sealed record CompiledCondition(Expression Expression, Node<bool> Node, int NodeCount, CompiledCondition? Left, CompiledCondition? Right);
